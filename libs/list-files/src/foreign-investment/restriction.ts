import type { NegativeListItem } from '@mandate/lists';

/** Conditions under which one may invest: what has them is open, restricted. */
const CONDITION =
  /须|需由|应当由|应由|限于|限制|控股|合资|合作|合营|股比|持股|比例|不低于|不少于|不超过|不得超过|不高于|国籍|中国籍|主导|审批|许可|经批准/;
const PROHIBITION = /禁止|不得|不允许|不予|不准/;
const OPENS = /^[\s★\d.．、（()）①-⑳]*(?:国家)?(?:禁止|不得|不允许)/;

/**
 * 禁止投资… → prohibited; 须由中方控股, 股比不低于34%, 限于合资 → permitted, under that condition.
 * @returns undefined where the words say neither
 */
export function chapterOf(words: string): NegativeListItem['chapter'] | undefined {
  const sentences = words.split(/[。；;\n]/).filter((sentence) => sentence.trim() !== '');
  if (sentences.length > 0 && sentences.every((sentence) => OPENS.test(sentence))) return 'prohibited';
  if (sentences.some((sentence) => !OPENS.test(sentence) && CONDITION.test(sentence))) return 'permitted';
  return PROHIBITION.test(words) ? 'prohibited' : undefined;
}

/** Whether the words both forbid and allow: 基础电信须由中方控股；禁止投资…. */
export function isMixed(words: string): boolean {
  const sentences = words.split(/[。；;\n]/);
  return (
    sentences.some((one) => OPENS.test(one)) &&
    sentences.some((one) => !OPENS.test(one) && CONDITION.test(one))
  );
}

/** 二、禁止类 · 限制外商投资产业目录: a heading for all that stands below it. */
export function chapterOfHeading(word: string): NegativeListItem['chapter'] | undefined {
  if (word.length > 30 || !/(?:类|目录|投资|准入|领域|产业|措施)$/.test(word)) return undefined;
  if (/禁止/.test(word)) return /限制/.test(word) ? undefined : 'prohibited';
  return /限制|许可/.test(word) ? 'permitted' : undefined;
}
