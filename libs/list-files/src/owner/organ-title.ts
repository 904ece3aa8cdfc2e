import { type Level, simplifiedWords } from '@mandate/lists';
import { findRegionPrefix } from '../regions/region-prefix.ts';

/** An organ as a title or a file name gives it. */
export interface NamedOrgan {
  readonly name: string;
  /** 克拉玛依市; absent where the name does not say it (市农业农村局) */
  readonly regionName?: string;
  /** GB/T 2260, where the table has one region of that name */
  readonly region?: string;
  /** absent where the name does not say it: 市 may be of two levels */
  readonly level?: Level;
  /** 市农业农村局 */
  readonly shortName?: string;
}

const LIST =
  /^(.*?)(?:\d{4}\s*年(?:度|版)?)?(?:行政)?(?:权责|权力(?:和|与|、)?责任|权力|责任|职权)(?:事项)?清单/;
/** Lists of other kinds: the organ is what stands before the words of the kind. */
const OTHER_LIST =
  /^(.*?(?:局|厅|委员会|委|办公室|办|政府|管委会|中心|总队|支队|大队|院|署|部|处|银行|联合会))(?:\d{4}年(?:度|版)?)?的?[“"]?(?:行政|涉企|权责|权力|责任|职权|执法|许可|双随机|随机|抽查|公共服务|政务服务|服务|审批|监管|监督|依申请|办事|事项|裁量)[^局厅委]{0,24}?(?:清单|目录|基准|一览表|汇总表|事项表|事项$)/;
const BEFORE =
  /^(?:附件\s*[\d一二三四五六七八九十]*\s*[：:.、\-—_]*|关于|公布|印发|调整|\d{4}\s*年(?:度|版)?|[\s_\-—“”"《【[（(]+)/;
const ORGAN =
  /(?:局|厅|委员会|委|办公室|办|人民政府|政府|管委会|中心|总队|支队|大队|院|署|部|处|银行|联合会|残联|总社|所|站)$/;
/** The level's own word where the region should stand: 市农业农村局 exists in every city. */
const BARE = /^(?:自治区|自治州|自治县|地区|省|市|县|区|州|旗|盟|镇|乡)(?=.{2,})/;
const NATIONAL = /^(?:国家|全国|国务院|中华人民共和国|中国)|部$/;
const MINISTRY =
  /^(?:国家|国务院|中华人民共和国|(?:外交|国防|教育|科学技术|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|生态环境|住房和?城乡建设|交通运输|水利|农业农村|商务|文化和?旅游|退役军人事务|应急管理)部$)/;
/** What a bare word says of the level; 市 and 区 may be of two. */
const BARE_LEVELS: Readonly<Record<string, Level>> = {
  省: '2',
  自治区: '2',
  自治州: '3',
  地区: '3',
  州: '3',
  盟: '3',
  自治县: '4',
  县: '4',
  旗: '4',
  镇: '5',
  乡: '5',
};
/** A zone's committee is of the rank below the government that sent it. */
const ZONE =
  /^.{0,14}?(?:开发区|高新区|经开区|新区|示范区|保税区|度假区|园区|试验区|合作区)(?:管理委员会|管委会|.{2,}局)$/u;
const BELOW: Readonly<Partial<Record<Level, Level>>> = { '2': '3', '3': '4' };

/** Title or file name → the organ whose list it is; undefined where it names none. */
export function findOrganInTitle(title: string): NamedOrgan | undefined {
  const line = simplifiedWords(title)
    .replace(/\.[A-Za-z]{2,4}$/, '')
    .replace(/[\s\u00a0\u3000]+/g, '');
  let name = LIST.exec(line)?.[1];
  if (name === undefined || !isOrganName(stripped(name))) name = OTHER_LIST.exec(line)?.[1] ?? name;
  if (name === undefined) return undefined;
  name = stripped(name);
  return isOrganName(name) ? describeOrgan(name) : undefined;
}

/** The place of a title that names no organ: 示例市行政许可事项清单. */
export function findRegionInTitle(title: string): string | undefined {
  const line = title.replace(/\.[A-Za-z]{2,4}$/, '').replace(/[\s\u00a0\u3000]+/g, '');
  return findRegionPrefix(stripped(line))?.name;
}

/** Whether words can be the name of an organ, by their ending and length. */
export function isOrganName(name: string): boolean {
  return name.length >= 2 && name.length <= 60 && ORGAN.test(name);
}

function stripped(name: string): string {
  let rest = name;
  for (let before = BEFORE.exec(rest); before; before = BEFORE.exec(rest))
    rest = rest.slice(before[0].length);
  return rest.replace(/[\d_\-—”"》】\]）)]+$/, '').replace(/的$/, '');
}

/** A full name → its region, its level and the name used within that region. */
export function describeOrgan(name: string): NamedOrgan {
  const bare = BARE.exec(name)?.[0];
  // 市中区, 市北区: such a word can also begin the name of a place.
  const prefix = bare === undefined || /^市[中北南]区/.test(name) ? findRegionPrefix(name) : undefined;
  if (!prefix || prefix.rest.length < 2 || !ORGAN.test(name)) {
    const level = bare === undefined ? (MINISTRY.test(name) ? '1' : undefined) : BARE_LEVELS[bare];
    return { name, ...(level !== undefined && { level: level }) };
  }
  const word = /(?:自治区|自治州|自治县|地区|街道|.)$/u.exec(prefix.name)?.[0] ?? '';
  const level = ZONE.test(prefix.rest) ? BELOW[prefix.level] : prefix.level;
  return {
    name,
    regionName: prefix.name,
    ...(prefix.code !== undefined && { region: prefix.code }),
    ...(level !== undefined && { level }),
    shortName: `${word}${prefix.rest}`.slice(0, 30),
  };
}

/** Whether a name says nothing about where the organ is. */
export function lacksRegion(organ: NamedOrgan): boolean {
  return organ.regionName === undefined && !NATIONAL.test(organ.name);
}

/** 市农业农村局 of 克拉玛依市 → 克拉玛依市农业农村局. */
export function withRegion(organ: NamedOrgan, regionName: string): NamedOrgan {
  const bare = organ.name.replace(BARE, '');
  return describeOrgan(`${regionName}${bare}`);
}

/** The level's word with which a name begins in place of its region: 市 of 市农业农村局. */
export function bareWord(name: string): string | undefined {
  return BARE.exec(name)?.[0];
}
