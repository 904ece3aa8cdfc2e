import type { LegalBasis } from '@mandate/lists';

export const BASIS_KINDS: Readonly<Record<LegalBasis['kind'], string>> = {
  law: '法律',
  'administrative-regulation': '行政法规',
  'local-regulation': '地方性法规',
  rule: '规章',
  'state-council-decision': '国务院决定',
  'normative-document': '规范性文件',
  unknown: '未归类',
};

export const DUTY_KINDS = { direct: '直接实施责任', supervision: '指导监督责任' } as const;
