import { expect, test } from 'vitest';
import { checkNamespaces, fixFor } from './namespaces.ts';
import { inEnglish } from '../../told.ts';

const sysctls = (values: Record<string, string>, files: string[] = []) => ({
  sysctl: (name: string) => values[name],
  exists: (path: string) => files.includes(path),
});

test('names the switch that stands in the way', () => {
  const apparmor = { 'kernel.apparmor_restrict_unprivileged_userns': '1' };
  expect(inEnglish(fixFor(false, '', sysctls(apparmor)))).toBe(
    'sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0',
  );
  const debian = { 'kernel.unprivileged_userns_clone': '0', 'user.max_user_namespaces': '1000' };
  expect(inEnglish(fixFor(false, '', sysctls(debian)))).toBe(
    'sudo sysctl kernel.unprivileged_userns_clone=1',
  );
  const limit = { ...apparmor, 'user.max_user_namespaces': '0' };
  expect(inEnglish(fixFor(false, '', sysctls(limit)))).toBe(
    'sudo sysctl user.max_user_namespaces=15000',
  );
  expect(inEnglish(fixFor(false, '', sysctls({})))).toMatch(/root/);
  expect(inEnglish(fixFor(true, '', sysctls({})))).toMatch(/privileged/);
});

test('names the limit that is used up, and nobody is told to be privileged', () => {
  const full = 'cannot make network namespaces: unshare: unshare failed: No space left on device';
  const limits = { 'user.max_net_namespaces': '4', 'user.max_user_namespaces': '63000' };
  expect(inEnglish(fixFor(true, full, sysctls(limits)))).toBe(
    'sysctl user.max_net_namespaces=15000 (user.max_net_namespaces is 4, and as many are in use)',
  );
  expect(inEnglish(fixFor(false, full, sysctls({ 'user.max_user_namespaces': '0' })))).toMatch(
    /^sudo sysctl user\.max_user_namespaces=15000 /,
  );
  expect(inEnglish(fixFor(false, full, sysctls({})))).toMatch(/user\.max_net_namespaces is \?/);
});

test("names AppArmor's profiles", () => {
  const restricted = { 'kernel.apparmor_restrict_unprivileged_userns': '1' };
  const denied = 'cannot make network namespaces: unshare: Operation not permitted';
  const unshare = '/etc/apparmor.d/unshare-userns-restrict';
  expect(inEnglish(fixFor(false, denied, sysctls(restricted, [unshare])))).toBe(
    `sudo apparmor_parser -R ${unshare} (AppArmor's profile of unshare forbids it)`,
  );
  const tcpdump = '/etc/apparmor.d/usr.bin.tcpdump';
  const capture = 'tcpdump ended: tcpdump: veth: You do not have permission (Permission denied)';
  expect(inEnglish(fixFor(true, capture, sysctls({}, [tcpdump])))).toBe(
    `apparmor_parser -R ${tcpdump} (AppArmor's profile of tcpdump forbids it)`,
  );
});

test('tries it for real: these tests need it', async () => {
  expect(await checkNamespaces(new AbortController().signal)).toMatchObject({ ok: true });
});
