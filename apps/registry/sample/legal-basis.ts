import type { LegalBasis } from '@mandate/lists';

type Words = readonly [kind: LegalBasis['kind'], bracket: string];

function basis([kind, bracket]: Words, title: string, articles: string, says: string): LegalBasis {
  const [name = title, version] = title.split('|');
  const text = `【${bracket}】《${name}》${version === undefined ? '' : `（${version}）`}${articles}：${says}`;
  return {
    kind,
    title: name,
    ...(version !== undefined && { version }),
    articles: articles === '' ? [] : articles.split('、'),
    text,
  };
}

type Cite = (title: string, articles: string, says: string) => LegalBasis;

/** Title without 《》, after a bar its version; articles parted by 、 or none; what it says, in our own words. */
export const law: Cite = (...rest) => basis(['law', '法律'], ...rest);
export const regulation: Cite = (...rest) => basis(['administrative-regulation', '行政法规'], ...rest);
export const rule: Cite = (...rest) => basis(['rule', '规章'], ...rest);
export const decision: Cite = (...rest) => basis(['state-council-decision', '国务院决定'], ...rest);

/** The paragraphs of one cell. */
export const textOf = (bases: readonly LegalBasis[]): string => bases.map(({ text }) => text).join('\n');
