/** Words for which offices have shorter ones; each is one and the same wherever it stands in the name of a department. */
const SHORT_FORMS: readonly (readonly [short: string, full: string])[] = [
  ['发改', '发展改革'],
  ['教体', '教育体育'],
  ['科技', '科学技术'],
  ['工信', '工业信息化'],
  ['经信', '经济信息化'],
  ['民宗', '民族宗教事务'],
  ['民族宗教委', '民族宗教事务委'],
  ['民族宗教局', '民族宗教事务局'],
  ['人社', '人力资源社会保障'],
  ['自规', '自然资源规划'],
  ['国土', '国土资源'],
  ['环保', '环境保护'],
  ['住建', '住房城乡建设'],
  ['城管', '城市管理'],
  ['交运', '交通运输'],
  ['文旅', '文化旅游'],
  ['文广旅', '文化广播电视旅游'],
  ['文广', '文化广播电视'],
  ['广电', '广播电视'],
  ['文体', '文化体育'],
  ['卫健', '卫生健康'],
  ['卫计', '卫生计划生育'],
  ['退役军人局', '退役军人事务局'],
  ['应急局', '应急管理局'],
  ['市监', '市场监督管理'],
  ['市场监管', '市场监督管理'],
  ['食药监管', '食品药品监督管理'],
  ['食药监', '食品药品监督管理'],
  ['食品药品监管', '食品药品监督管理'],
  ['药监', '药品监督管理'],
  ['安监', '安全生产监督管理'],
  ['质监', '质量技术监督'],
  ['国资委', '国有资产监督管理委'],
  ['医保', '医疗保障'],
  ['林草', '林业草原'],
  ['人防', '人民防空'],
  ['机关事务局', '机关事务管理局'],
  ['消防支队', '消防救援支队'],
  ['消防大队', '消防救援大队'],
  ['工商局', '工商行政管理局'],
  ['工商分局', '工商行政管理分局'],
  ['综合执法', '综合行政执法'],
  ['残联', '残疾人联合会'],
  ['交警', '交通警察'],
  ['交管', '交通管理'],
];

/** An ending written short → the whole of it; so that 委 and 委员会 are one, but 局 and 委 are two. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/(?:管理委员会|管委会)$/u, '管委'],
  [/委员会$/u, '委'],
  [/办公室$/u, '办'],
  [/街道办$/u, '街道办事处'],
];

/**
 * The name of a department without its place, as it is compared: 发改委, 发展改革委 and 发展和改革委员会 are one. Only words that
 * everybody writes short are made whole; 教育局 is not 教育体育局.
 */
export function comparableDepartment(name: string): string {
  let bare = withoutNotes(name)
    .replace(/[和与及、·]/gu, '')
    .replaceAll('人民政府', '政府');
  for (const [ending, whole] of ENDINGS) bare = bare.replace(ending, whole);
  for (const [short, full] of SHORT_FORMS)
    // 科学技术 does not hold 科技, but 广播电视 would be found in what 文广 became.
    if (!bare.includes(full)) bare = bare.replace(short, full);
  return bare;
}

/** Whether a name holds words that are short for longer ones: 发改委, 市场监管局. */
export function hasShortForm(name: string): boolean {
  const bare = withoutNotes(name).replace(/[和与及、·]/gu, '');
  return (
    SHORT_FORMS.some(([short, full]) => bare.includes(short) && !bare.includes(full)) || /委$/u.test(bare)
  );
}

/** Without blanks, and without what brackets say beside the name: 市发展和改革委员会（市粮食局）. */
export function withoutNotes(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/\([^()]*\)/gu, '')
    .replace(/[《》“”"'‘’]/gu, '');
}

/** A shorter name that the table does not know, but that has the signs of the longer one in their order: 体广局 of 体育广电局. */
export function mayAbbreviate(short: string, whole: string): boolean {
  const [a, b] = [comparableDepartment(short), comparableDepartment(whole)];
  if (a.length < 3 || a.length >= b.length || a.at(-1) !== b.at(-1) || a.charAt(0) !== b.charAt(0))
    return false;
  let at = 0;
  for (const sign of b) if (sign === a.charAt(at)) at += 1;
  return at === a.length;
}
