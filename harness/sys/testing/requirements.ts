import { execFileSync } from 'node:child_process';

/** Fails, naming all that is missing, where a test's tools or root are not there. */
export function requireForTest(...tools: string[]): void {
  const missing = tools.filter((tool) => !isInstalled(tool));
  if (process.getuid?.() !== 0) missing.push('root');
  if (missing.length > 0) throw new Error(`this test cannot run without: ${missing.join(', ')}`);
}

function isInstalled(tool: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$0"', tool]);
    return true;
  } catch {
    return false;
  }
}
