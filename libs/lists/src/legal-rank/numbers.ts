/** Who made an act, as the number and the words beside its title say. */
export type Maker =
  | 'state-council'
  | 'national-congress'
  | 'local-congress'
  | 'local-government'
  | 'government-session'
  | 'ministry'
  | 'document';

const CONGRESS = '(?:人民代表大会|人大)';
const DOCUMENT_NUMBER =
  /[\p{Script=Han}]{1,16}[〔﹝[【（(]\s*(\d{4})\s*[〕﹞\]】）)](?:第|[\p{Script=Han}]{1,8}第?)?\d+号/u;
/** 立法法 of 2000: until then a ministry's rules were made known as documents too. */
const LAST_YEAR_BEFORE_DECREES = 2000;

/**
 * What stands beside a title (国务院令第700号, 某自治区…人大常委会通过, 建设部令第112号, 国发〔2020〕13号) → who made it; undefined
 * where it says only when. The acts that changed it, in 《》, are read for their maker only.
 */
export function findMaker(words: string): Maker | undefined {
  const changes = [...words.matchAll(/[《（(]([^《》]*?(?:修改|修订|废止)[^《》]*)[》）)]/gu)].map(
    ([, title = '']) => title,
  );
  const plain = words.replace(/《[^《》]*(?:《[^》]*》[^《》]*)*》/gu, '');
  if (new RegExp(`(?<!全国)${CONGRESS}(?!代表)`).test(plain.replace(/全国人民代表大会|全国人大/g, '全国')))
    return 'local-congress';
  if (/国务院[^，。；,;]{0,24}?令|国务院\d{2,3}号|签署第?\d+号国务院令|国令第?\d/.test(plain))
    return 'state-council';
  if (
    /国务院(?:第\s*\d+\s*次|第[一二三四五六七八九十百]+次)?常务(?:委员)?会议?|国务院[^，。；,;]{0,6}(?:发布|公布|颁布|制定|修订|修正|修改|通过)/.test(
      plain,
    ) &&
    !/国务院[\p{Script=Han}]{2,10}(?:办公?室?|委员会|部门|局)/u.test(plain)
  )
    return 'state-council';
  if (approvedByStateCouncil(plain)) return 'state-council';
  if (
    /主席令/.test(plain) ||
    /(?:全国人民代表大会|全国人大)[^。；;]{0,40}(?:通过|修订|修正|修改|公布)/.test(plain)
  )
    return 'national-congress';
  if (changes.some((title) => /^国务院(?:关于|令)|行政法规/.test(title))) return 'state-council';
  if (/政府(?:第|[（(]第?)?(?:\d+号)?令|政府令|人民政府[（(]?第?\d+号令/.test(plain))
    return 'local-government';
  if (
    /令[\s\p{P}]*(?:\d{4}年?)?[\s\p{P}]*(?:第|底)?\s*[\d一二三四五六七八九十百]+\s*号|号令|令\s*第?\d+号|(?:部|局|署|委|会|行)令/u.test(
      plain,
    )
  )
    return 'ministry';
  if (/政府第?[\d一二三四五六七八九十百]+次(?:常务|全体)?会议/.test(plain)) return 'government-session';
  const document = DOCUMENT_NUMBER.exec(plain);
  if (document) return Number(document[1]) > LAST_YEAR_BEFORE_DECREES ? 'document' : undefined;
  if (
    changes.some((title) =>
      /部分规章|^[\p{Script=Han}、]{2,40}(?:部|局|署|委员会|委)关于(?:修改|废止)/u.test(title),
    )
  )
    return 'ministry';
  if (
    /(?:部务|局务|署务|委务|局长办公|主任办公)会|(?:部|局|署|委员会)(?:\d{4}年)?第[\d一二三四五六七八九十]+次(?:常务|部务|局务)?会议/.test(
      plain,
    )
  )
    return 'ministry';
  return undefined;
}

/** Until 2003 the State Council let a ministry make known what it had approved: 1987年1月19日国务院批准，国家计量局发布. */
function approvedByStateCouncil(plain: string): boolean {
  const year = /(\d{4})年?[^国]{0,10}国务院批准/.exec(plain)?.[1];
  return year === undefined ? false : Number(year) < 2003;
}
