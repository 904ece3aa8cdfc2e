/** A single one of these makes another power of it: 进口 and 出口, 省级 and 市级, 甲 and 乙, 第一类 and 第二类. */
const TELLING = new Set(
  '0123456789〇零一二三四五六七八九十百千万两甲乙丙丁戊己庚辛壬癸东西南北上中下内外前后左右进出入开关停起止始终新旧初再首末长短大小高低男女有无不未非免禁省市区县镇乡村街州盟旗国地部厅局增减加收放买卖存取生死水陆海空火电气油',
);
/** What may be put in or left out without another meaning. */
const PARTICLES = new Set(['的', '和', '与', '及', '或', '对', '等', '行政', '以及', '或者']);
/** Of a name as short as this, one character is too much of it. */
const SHORTEST = 5;

/**
 * Whether two names differ by a slip of the pen: one character written for another (核准, 核淮), or a particle more. Two
 * characters for two others are another word, and another power.
 */
export function differsByASlip(before: string, now: string): boolean {
  const [old, next] = [[...before], [...now]];
  if (Math.min(old.length, next.length) < SHORTEST) return false;
  let head = 0;
  while (head < Math.min(old.length, next.length) && old[head] === next[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, next.length) - head && old.at(-1 - tail) === next.at(-1 - tail))
    tail += 1;
  const [gone, come] = [old.slice(head, old.length - tail), next.slice(head, next.length - tail)];
  if (gone.length === 1 && come.length === 1) return ![...gone, ...come].some((char) => TELLING.has(char));
  return gone.length === 0 ? PARTICLES.has(come.join('')) : come.length === 0 && PARTICLES.has(gone.join(''));
}
