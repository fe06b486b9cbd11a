// @ts-check

/**
 * The reason why this Node.js is too old, or undefined.
 * @param {string} version such as `20.20.2`
 * @param {string} range of package.json's engines, of the form `>=20.20`
 */
export function nodeTooOld(version, range) {
  const floor = range.replace(/^>=\s*/, '');
  return isBelow(version, floor)
    ? `Node.js ${version} is too old: ${floor} or later is needed`
    : undefined;
}

/**
 * @param {string} version
 * @param {string} floor
 */
function isBelow(version, floor) {
  const have = version.split('.').map(Number);
  for (const [place, wanted] of floor.split('.').map(Number).entries()) {
    const own = have[place] ?? 0;
    if (own !== wanted) return own < wanted;
  }
  return false;
}
