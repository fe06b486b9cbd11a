import { expect, test } from 'vitest';
import { debianCodename, mirrorAmong } from './mirror.ts';

const uri = (site: string, suite: string) => `'${site}/dists/${suite}/InRelease' file_InRelease 0 `;

test('the codename of a Debian, and of nothing else', () => {
  expect(debianCodename('ID=debian\nVERSION_CODENAME=bookworm\n')).toBe('bookworm');
  expect(debianCodename('VERSION_CODENAME="trixie"\nID="debian"\n')).toBe('trixie');
  expect(debianCodename('ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n')).toBeUndefined();
  expect(debianCodename('ID=debian\nPRETTY_NAME="sid"\n')).toBeUndefined();
});

test('the site of the release itself, not that of its security updates', () => {
  const printed = [
    uri('http://mirror.example/debian-security', 'bookworm-security'),
    uri('http://mirror.example/debian', 'bookworm-updates'),
    uri('http://mirror.example/debian', 'bookworm'),
    "'http://mirror.example/debian/dists/bookworm/main/binary-amd64/Packages.xz' Packages 0 ",
  ].join('\n');
  expect(mirrorAmong(printed, 'bookworm')).toBe('http://mirror.example/debian');
});

test("a third party's suite of the same name is passed over", () => {
  const printed = [
    uri('https://vendor.example/linux/debian', 'bookworm'),
    uri('http://mirror.example/debian', 'bookworm'),
    uri('http://mirror.example/debian', 'bookworm-updates'),
  ].join('\n');
  expect(mirrorAmong(printed, 'bookworm')).toBe('http://mirror.example/debian');
});

test('a machine with the release alone, on a disk, or with nothing', () => {
  const disk = uri('cdrom:[Debian 12]', 'bookworm');
  expect(mirrorAmong(`${disk}\n${uri('file:/srv/debian/', 'bookworm')}`, 'bookworm')).toBe(
    'file:/srv/debian',
  );
  expect(mirrorAmong('', 'bookworm')).toBeUndefined();
});
