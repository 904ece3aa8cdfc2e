import { say } from '../../scripts/page/language.ts';
import { element, mark } from '../../scripts/page/marks.ts';
import { ReadError } from './published-lists.ts';

/** What went wrong, in words that say what to do. */
export function explain(error: unknown): HTMLElement {
  const [state, words] = wordsOf(error);
  return element('p', `headline ${state}`, mark(state), element('span', '', words));
}

function wordsOf(error: unknown): ['fails' | 'unknown', string] {
  if (!(error instanceof ReadError)) {
    return [
      'unknown',
      say(
        '这个浏览器没能算完，请换一个较新的浏览器。',
        'This browser could not compute it; try a newer one.',
      ),
    ];
  }
  switch (error.code) {
    case 'wrong-blob':
      return [
        'fails',
        say(
          '内容文件的指纹与清单条目所记的不同，不予显示。请保留证据并告知登记机关。',
          'The content file is not the one the entry names, so it is not shown. Keep the evidence and tell the registry.',
        ),
      ];
    case 'newer-format':
      return [
        'unknown',
        say(
          '数据文件的格式比本页新，请刷新本页再试。',
          'A data file is of a newer format than this page: reload it and try again.',
        ),
      ];
    case 'malformed':
      return ['fails', say(`数据文件读不懂：${error.path}`, `A data file makes no sense: ${error.path}`)];
    case 'unavailable':
      return [
        'unknown',
        say(
          '没有取到数据文件：可能断网了，网站正在更新，或者没有这份清单。请稍后再试。',
          'A data file could not be had: offline, the site is being updated, or there is no such list. Try again later.',
        ),
      ];
  }
}
