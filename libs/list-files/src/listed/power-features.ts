import { type AuthorityItem, type LegalBasis, withoutBlanks } from '@mandate/lists';

/** By what one power is known to be another, whatever it is called now and wherever it stands. */
export interface PowerFeatures {
  /** without blanks and marks */
  readonly name: string;
  /** pairs of neighbouring characters of the name, without what every power of its kind is called */
  readonly pairs: ReadonlySet<string>;
  readonly category: string;
  readonly laws: ReadonlySet<string>;
  /** law and article, as `计量法 第八条` */
  readonly articles: ReadonlySet<string>;
  readonly office: string;
  /** sentences of its duties */
  readonly duties: ReadonlySet<string>;
  /** basis, office and duties word for word: two powers with the same ones differ by no more than their names */
  readonly words: string;
  readonly codes: ReadonlySet<string>;
}

export function featuresOf(item: AuthorityItem): PowerFeatures {
  const name = bareName(item.name);
  const bases = [...item.bases, ...item.subItems.flatMap((part) => part.bases)];
  const office = bare([item.implementingOrgan, item.handlingOffice].join('|'));
  const duties = bare(item.dutiesText ?? item.departmentDuties ?? '');
  return {
    name,
    pairs: pairsOf(ownName(name)),
    category: item.category,
    laws: new Set(bases.flatMap(lawOf)),
    articles: new Set(bases.flatMap(articlesOf)),
    office,
    duties: new Set(duties.split(/[。；;]/u).filter((sentence) => sentence.length > 3)),
    words: [bare(item.basisText ?? bases.map(({ text }) => text).join('')), office, duties].join('\n'),
    codes: new Set(Object.entries(item.codes ?? {}).map(([kind, code]) => `${kind} ${code}`)),
  };
}

/** Everything that a file says of an item, to tell two of one name apart. */
export function wordsOf(item: AuthorityItem): string {
  const { basisText, dutiesText, dutyBasisText, departmentDuties, implementingOrgan, handlingOffice } = item;
  const texts = [basisText, dutiesText, dutyBasisText, departmentDuties, implementingOrgan, handlingOffice];
  const parts = [item.levels, item.subItems, item.accountabilityGrounds, item.remedies, item.remarks];
  return withoutBlanks(JSON.stringify([texts, parts]));
}

/** A name as it is compared: without blanks and marks, full width or half. */
export function bareName(name: string): string {
  return bare(name).replace(/[\p{P}\p{S}]/gu, '');
}

/** Pairs of neighbouring characters; of a single character, that. */
export function pairsOf(name: string): Set<string> {
  const chars = [...name];
  if (chars.length === 1) return new Set(chars);
  return new Set(chars.slice(1).map((char, n) => `${chars[n] ?? ''}${char}`));
}

/** A name without what every penalty and inspection is called (对…的处罚), if anything is left then. */
export function ownName(name: string): string {
  const own = name
    .replace(/^对/u, '')
    .replace(/的?(?:行政)?(?:处罚|监督检查|检查|强制|确认|奖励|裁决|给付|征收|备案|监督|许可)$/u, '');
  return own.length >= 2 ? own : name;
}

function lawOf({ title }: LegalBasis): string[] {
  if (title === undefined) return [];
  const law = bareName(title).replace(/^中华人民共和国/u, '');
  return law === '' ? [] : [law];
}

function articlesOf(basis: LegalBasis): string[] {
  // 第八条第二款 and 第八条 are one article: what is quoted of it changes more often than the article.
  return lawOf(basis).flatMap((law) =>
    basis.articles.map(
      (article) => `${law} ${bare(article).replace(/(?<=条(?:之[一二三四五六七八九十]+)?).*$/u, '')}`,
    ),
  );
}

function bare(text: string): string {
  return withoutBlanks(text.normalize('NFKC'));
}
