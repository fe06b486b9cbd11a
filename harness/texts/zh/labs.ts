import type { Catalogue } from '../translate.ts';

export const labs: Catalogue = {
  'Whoever closes first waits in TIME-WAIT': '谁先关闭，谁就在 TIME-WAIT 等待',
  'the server closes first': '服务器先关闭',
};
