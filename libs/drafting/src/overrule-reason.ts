import { cleanText } from '@mandate/encoding';
import { DraftError } from './errors.ts';

/** As short as a sentence gets that says why: 依据正在修订. */
const LEAST_HAN = 6;
/** Of another script: letters, in at least two words. */
const LEAST_LETTERS = 12;
/** 好好好好好好 says nothing either. */
const LEAST_DIFFERENT = 4;

/**
 * Why a finding stands is published for ever beside the item: it has to say something to whoever reads it. What was
 * published before is read as it is.
 * @throws DraftError `reason-missing`
 */
export function requireOverruleReason(typed: string): void {
  const han = [...cleanText(typed).matchAll(/\p{Script=Han}/gu)].map(([letter]) => letter);
  if (han.length >= LEAST_HAN && new Set(han).size >= LEAST_DIFFERENT) return;
  const words = [...cleanText(typed).matchAll(/[\p{L}\p{M}]{2,}/gu)].map(([word]) => word);
  const letters = words.join('');
  const isForeign = han.length === 0 && words.length > 1 && letters.length >= LEAST_LETTERS;
  if (isForeign && new Set(letters.toLowerCase()).size >= LEAST_DIFFERENT) return;
  throw new DraftError(
    'reason-missing',
    '请用一句话写明为什么可以保留（至少 6 个汉字；只有数字、标点或重复的字不算），如“依据正在修订，见市政府批复”。理由随条目公开，任何人都看得到。',
  );
}
