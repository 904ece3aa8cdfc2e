const USUAL = /^[\n\t -~·\u2010-\u2027\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]*$/;

/**
 * Whether a text has only signs that nothing is ever done to, but for blanks at its ends: nothing in it to mend, to take out or
 * to compose. One look for what nearly every text of a list is; another may still need nothing.
 */
export function isUsualText(text: string): boolean {
  return USUAL.test(text);
}
