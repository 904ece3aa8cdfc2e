/** Language of the interface; what lists say stays Chinese. */
export type Language = 'zh' | 'en';

/** What the reader chose. public/display.js keeps the choice and swaps the words of the markup (`data-en…`). */
export function getLanguage(): Language {
  return document.documentElement.dataset['language'] === 'en' ? 'en' : 'zh';
}

/** Words that a script puts on the page, in the reader's language. */
export function say(zh: string, en: string): string {
  return getLanguage() === 'en' ? en : zh;
}

/** Called after the reader changed the language, so that a script can write its own words anew. */
export function onLanguage(listener: () => void): void {
  document.addEventListener('mandate-language', listener);
}
