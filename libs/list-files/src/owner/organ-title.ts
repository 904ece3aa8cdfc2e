/** An organ as a title or a file name gives it. */
export interface NamedOrgan {
  readonly name: string;
  /** 克拉玛依市; absent where the name does not say it (市农业农村局) */
  readonly regionName?: string;
  /** 市农业农村局 */
  readonly shortName?: string;
}

const LIST =
  /^(.*?)(?:\d{4}\s*年(?:度|版)?)?(?:行政)?(?:权责|权力(?:和|与|、)?责任|权力|责任|职权)(?:事项)?清单/;
const BEFORE =
  /^(?:附件\s*[\d一二三四五六七八九十]*\s*[：:.、\-—_]*|关于|公布|印发|调整|\d{4}\s*年(?:度|版)?|[\s_\-—“”"《【[（(]+)/;
const ORGAN = /(?:局|厅|委员会|委|办公室|办|人民政府|政府|管委会|中心|总队|支队|大队|院|署|部|处|银行)$/;
const REGION =
  /^((?:[\p{Script=Han}]{2,12}?(?:省|自治区|自治州|自治县|市|地区|州|盟|县|旗|(?<!社)区|(?<!城)[镇乡]|街道))+)(.{2,})$/u;
/** The level's own word where the region should stand: 市农业农村局 exists in every city. */
const BARE = /^(?:省|市|县|区|州|旗|盟|镇|乡|地区|自治区|自治州|自治县)(?=.{2,})/;
const NATIONAL = /^(?:国家|全国|国务院|中华人民共和国|中国)|部$/;

/** Title or file name → the organ whose list it is; undefined where it names none. */
export function findOrganInTitle(title: string): NamedOrgan | undefined {
  const line = title.replace(/\.[A-Za-z]{2,4}$/, '').replace(/[\s\u00a0\u3000]+/g, '');
  let name = LIST.exec(line)?.[1];
  if (name === undefined) return undefined;
  for (let before = BEFORE.exec(name); before; before = BEFORE.exec(name))
    name = name.slice(before[0].length);
  name = name.replace(/[\d_\-—”"》】\]）)]+$/, '').replace(/的$/, '');
  if (name.length < 2 || name.length > 60 || !ORGAN.test(name)) return undefined;
  return describeOrgan(name);
}

/** A full name → its region and the name used within that region. */
export function describeOrgan(name: string): NamedOrgan {
  const [, regionName, rest] = BARE.test(name) ? [] : (REGION.exec(name) ?? []);
  if (regionName === undefined || rest === undefined || !ORGAN.test(name)) return { name };
  const level = /(?:自治区|自治州|自治县|地区|街道|.)$/u.exec(regionName)?.[0] ?? '';
  return { name, regionName, shortName: `${level}${rest}`.slice(0, 30) };
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
