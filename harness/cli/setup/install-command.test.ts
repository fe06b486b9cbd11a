import { expect, test } from 'vitest';
import { installCommand, packageManager, shellLine } from './install-command.mjs';
import { TOOLS } from './tools.mjs';

test.each([
  ['apt', 'iproute2'],
  ['dnf', 'iproute'],
  ['apk', 'iproute2'],
  ['pacman', 'iproute2'],
] as const)('%s installs each package once', (manager, iproute) => {
  const packages = [iproute, 'net-tools', 'nftables', 'tcpdump', 'util-linux'];
  expect(installCommand(manager, TOOLS).at(-1)?.slice(-6)).toEqual([
    expect.stringMatching(/^-/),
    ...packages,
  ]);
});

test.each([
  ['apt', 'gcc libc6-dev strace tshark'],
  ['dnf', 'gcc glibc-static strace wireshark-cli'],
  ['apk', 'gcc musl-dev strace tshark'],
  ['pacman', 'gcc strace wireshark-cli'],
] as const)('%s installs what the tests need', (manager, packages) => {
  const command = installCommand(manager, ['gcc', 'strace', 'tshark']).at(-1);
  expect(command?.join(' ')).toMatch(new RegExp(` ${packages}$`));
});

test('apt refreshes its lists first, and takes no recommended packages', () => {
  expect(installCommand('apt', ['tcpdump'])).toEqual([
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', 'tcpdump'],
  ]);
});

test.each([
  ['dnf', 'dnf install -y --setopt=install_weak_deps=False iproute'],
  ['apk', 'apk add --update-cache iproute2'],
  ['pacman', 'pacman -S --needed --noconfirm iproute2'],
] as const)('%s asks nothing', (manager, command) => {
  expect(shellLine(installCommand(manager, ['ip', 'ss']), false)).toBe(command);
});

test('one line for a shell, each command with sudo', () => {
  expect(shellLine(installCommand('apt', ['nft']), true)).toBe(
    'sudo apt-get update && sudo apt-get install -y --no-install-recommends nftables',
  );
});

test('the manager is the one whose program is there', () => {
  expect(packageManager((program) => program === 'apt-get')).toBe('apt');
  expect(packageManager((program) => program === 'pacman')).toBe('pacman');
  expect(packageManager(() => false)).toBeUndefined();
});
