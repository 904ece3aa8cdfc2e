/** What a column of a list holds. */
export type Field =
  | 'serial'
  | 'name'
  | 'subItem'
  | 'category'
  | 'basisText'
  | 'implementingOrgan'
  | 'handlingOffice'
  | 'level'
  | 'division'
  | 'departmentDuties'
  | 'dutiesText'
  | 'dutyBasisText'
  | 'accountablePersons'
  | 'accountabilityGrounds'
  | 'remedies'
  | 'remarks'
  | 'baseCode'
  | 'implementationCode'
  | 'formerCode';

/** The first spelling is the one messages use. */
const SPELLINGS: Readonly<Record<Field, readonly string[]>> = {
  serial: ['序号', '编号', '顺序号'],
  name: [
    '事项名称',
    '权力名称',
    '职权名称',
    '权责名称',
    '权责事项',
    '权责事项名称',
    '权力事项',
    '权力事项名称',
    '职权事项名称',
    '行政权力名称',
    '行政职权名称',
    '主项名称',
    '事项',
    '项目名称',
  ],
  subItem: ['子项名称', '子项', '事项子项', '子项目', '权力子项', '业务办理项', '业务办理项名称'],
  category: [
    '权力类型',
    '权力类别',
    '职权类型',
    '职权类别',
    '事项类型',
    '事项类别',
    '行政权力类型',
    '行政权力类别',
    '行政职权类别',
    '类别',
    '类型',
  ],
  basisText: [
    '实施依据',
    '设定依据',
    '法律依据',
    '权力依据',
    '职权依据',
    '法定依据',
    '设定和实施依据',
    '设立依据',
    '依据',
  ],
  implementingOrgan: [
    '行使主体',
    '实施主体',
    '实施机关',
    '实施机构',
    '行使机关',
    '权力主体',
    '职权主体',
    '责任主体',
    '实施部门',
  ],
  handlingOffice: [
    '承办机构',
    '承办科室',
    '承办处室',
    '承办部门',
    '责任科室',
    '责任处室',
    '实施科室',
    '具体承办机构',
    '内设机构',
    '承办单位',
  ],
  level: [
    '实施层级及权限',
    '实施层级',
    '行使层级',
    '层级',
    '行使层级及权限',
    '权力层级',
    '实施层级和权限',
    '实施层级与权限',
  ],
  division: [
    '权限',
    '权限划分',
    '层级权限',
    '层级权限划分',
    '行使权限',
    '实施权限',
    '行使内容',
    '权限内容',
    '职责边界',
    '事权划分',
  ],
  departmentDuties: ['部门职责', '部门职能', '主要职责', '部门主要职责'],
  dutiesText: ['责任事项内容', '责任事项', '责任内容', '责任清单'],
  dutyBasisText: ['责任事项依据', '责任依据', '履责依据', '责任设定依据'],
  accountablePersons: ['追责对象范围', '追责对象', '追责范围', '责任追究对象', '问责对象范围'],
  accountabilityGrounds: ['追责情形', '追责情况', '追责情形及依据', '问责情形', '责任追究情形', '追责事由'],
  remedies: ['救助渠道', '救济渠道', '救济途径', '监督救济渠道', '投诉举报渠道'],
  remarks: ['备注', '说明', '备注说明'],
  baseCode: ['基本编码', '事项基本编码'],
  implementationCode: ['实施编码', '事项实施编码'],
  formerCode: ['职权编码', '权力编码', '事项编码', '行政职权编码', '权力事项编码', '编码'],
};

export const COLUMN_NAMES: Readonly<Record<Field, string>> = mapFields((spellings) => spellings[0] ?? '');

const FIELD_OF = new Map<string, Field>(
  // Object.entries widens the keys; those of SPELLINGS are the fields.
  (Object.entries(SPELLINGS) as [Field, readonly string[]][]).flatMap(([field, words]) =>
    words.map((word): [string, Field] => [word, field]),
  ),
);

/** A header cell's words → the field they name; undefined for words that name none. */
export function findField(text: string): Field | undefined {
  const word = text
    .replace(/[\s\u00a0\u3000]+/g, '')
    .replace(/[（(][^（()）]*[）)]$/, '')
    .replace(/[：:*＊※]+/g, '');
  return FIELD_OF.get(word);
}

/** Short names that people use for a field at the command line, besides all its spellings. */
const NAMED: Readonly<Record<string, Field>> = { 名称: 'name', 主体: 'implementingOrgan' };

/** The field that a person means by a word; undefined for words that mean none. */
export function findNamedField(word: string): Field | undefined {
  return Object.hasOwn(NAMED, word) ? NAMED[word] : findField(word);
}

function mapFields(pick: (spellings: readonly string[]) => string): Record<Field, string> {
  // Built from the entries of a record over all fields, so it has them all.
  return Object.fromEntries(
    Object.entries(SPELLINGS).map(([field, spellings]) => [field, pick(spellings)]),
  ) as Record<Field, string>;
}
