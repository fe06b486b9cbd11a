import type { Catalogue } from '../translate.ts';

/** The summary of a run for GitHub: the only report for machines that people read. */
export const machineReports: Catalogue = {
  'More did not fit here: the bundles have it.': '其余的放不下：在证据包中。',
  lab: '实验',
  bundle: '证据包',
  result: '结果',
  checks: '检查',
  took: '用时',
  '{n} skipped': '跳过 {n} 项',
  '{met} of {all} met': '{all} 项中 {met} 项符合',
  'what was on the wire': '线路上有什么',
  'could not be tried': '不能尝试',
  'timed out': '超时',
  untried: '未试',
};
