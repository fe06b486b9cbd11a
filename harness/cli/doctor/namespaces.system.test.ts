import { expect, test } from 'vitest';
import { checkNamespaces, fixFor } from './namespaces.ts';
import { inEnglish } from '../../told.ts';

const sysctls = (values: Record<string, string>) => (name: string) => values[name];

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

test('tries it for real: these tests need it', async () => {
  expect(await checkNamespaces(new AbortController().signal)).toMatchObject({ ok: true });
});
