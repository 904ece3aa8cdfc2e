import type { Evidence } from '@mandate/verification';

/** Names of what a fact rests on; a name that is missing here is shown as it is. */
const WORDS: Readonly<Record<string, string>> = {
  organ: '机关编号',
  name: '名称',
  certificate: '签名证书指纹',
  at: '签发时刻',
  validFrom: '自',
  validUntil: '至',
  revokedAt: '撤销时刻',
  reason: '原因',
  list: '状态列表',
  index: '位置',
  asOf: '发布时刻',
  until: '有效至',
  today: '今天',
  documentDigest: '文件指纹',
  dataDigest: '数据指纹',
  keyId: '密钥编号',
  key: '编号',
  log: '日志',
  size: '日志条数',
  seen: '曾见条数',
  proof: '证明中的条数',
  origin: '日志名称',
  root: '根值',
  rootKey: '根密钥',
  rootFingerprint: '根密钥指纹',
  version: '版本',
  issued: '发布时刻',
  nextUpdate: '下次更新',
  registry: '登记簿',
  trustList: '信任清单',
  entry: '条目',
  entryIndex: '条目序号',
  effectiveDate: '生效日期',
  recorded: '首次收录',
  listed: '列入时间',
  time: '时刻',
  checkpoint: '检查点',
  event: '事件',
  item: '事项',
  organName: '机关',
};

export interface Line {
  readonly word: string;
  readonly value: string;
}

/** Evidence as lines for people; what is nested is named by its path. */
export function evidenceLines(evidence: Evidence, prefix = ''): Line[] {
  return Object.entries(evidence).flatMap(([name, value]): Line[] => {
    const word = prefix + (WORDS[name] ?? name);
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return [{ word, value: value.map(String).join('、') }];
    // Json without null and arrays leaves objects and plain values; an object's members are Json again.
    if (typeof value === 'object') return evidenceLines(value as Evidence, `${word}·`);
    return [{ word, value: String(value) }];
  });
}
