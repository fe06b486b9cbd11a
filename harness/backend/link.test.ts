import { expect, test } from 'vitest';
import { addressesOf, inOrder } from './link.ts';

test('two networks of one kernel have other addresses', () => {
  expect(addressesOf(4026532190)).toEqual({ server: '10.1.94.1', client: '10.1.94.2' });
  expect(addressesOf(4026532191)).toEqual({ server: '10.1.95.1', client: '10.1.95.2' });
});

test.each([
  ['5.10.0-28-amd64', false],
  ['6.1.0-18-cloud-amd64', false],
  ['6.2.16', false],
  ['6.3.0', true],
  ['6.10.14-linuxkit', true],
  ['6.18', true],
  ['7.0.0-rc1', true],
])('a container on Linux %s is told to keep the order: %s', (kernel, told) => {
  expect(inOrder(kernel)).toEqual(told ? { 'net.core.rps_default_mask': '1' } : {});
});
