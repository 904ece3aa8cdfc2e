import { joinName, type ServiceFacts, ServiceFactsSchema } from '@mandate/lists';
import { COLUMN_NAMES, type ServiceField } from './vocabulary/fields.ts';
import { shorten } from '../table-cells.ts';

/** What the columns of a portal's export say of an item, by field; the rows of one item one after the other. */
export type ServiceTexts = Partial<Record<ServiceField, readonly string[]>>;
export type TimeUnit = 'working-day' | 'calendar-day';

export interface ReadService {
  readonly service?: ServiceFacts;
  /** what could not be read, for people; the rest is taken */
  readonly unread: readonly string[];
}

const NOTHING = /^(?:无|没有|\/|\\|-+|—+|暂无|不涉及|空)$/;
type Facts = { -readonly [Name in keyof ServiceFacts]: ServiceFacts[Name] };

/**
 * Words of the columns → facts of the model. What does not fit it is left out and told, never bent to fit.
 * @param units what the head of a column of times says its numbers are
 */
export function readService(
  texts: ServiceTexts,
  units: Partial<Record<ServiceField, TimeUnit>> = {},
): ReadService {
  const facts: Facts = {};
  const unread: string[] = [];
  const said = (field: ServiceField): string | undefined => {
    const text = (texts[field] ?? []).join('\n').trim();
    return text === '' || NOTHING.test(text) ? undefined : text;
  };
  const take = <Name extends keyof Facts>(
    name: Name,
    field: ServiceField,
    value: Facts[Name] | undefined,
  ): void => {
    const text = said(field);
    if (text === undefined) return;
    const fits = value !== undefined && ServiceFactsSchema.safeParse({ [name]: value }).success;
    if (fits) facts[name] = value;
    else unread.push(`“${COLUMN_NAMES[field]}”写的是“${shorten(text, 40)}”`);
  };
  take('applicants', 'applicants', readApplicants(said('applicants') ?? ''));
  take('conditions', 'conditions', said('conditions'));
  take('handling', 'handling', readHandling(said('handling') ?? ''));
  take(
    'statutoryTime',
    'statutoryTime',
    readTime(said('statutoryTime'), said('statutoryUnit'), units.statutoryTime),
  );
  take(
    'promisedTime',
    'promisedTime',
    readTime(said('promisedTime'), said('promisedUnit'), units.promisedTime),
  );
  take(
    'materials',
    'materials',
    splitList(said('materials') ?? '').map((name) => ({ name })),
  );
  take('consultation', 'consultation', said('consultation'));
  take('complaint', 'complaint', said('complaint'));
  take('visits', 'visits', readVisits(said('visits') ?? ''));
  readWindow(said, take);
  readResult(said, take);
  readFee(texts, said, facts, unread);
  return { ...(Object.keys(facts).length > 0 && { service: facts }), unread };
}

type Said = (field: ServiceField) => string | undefined;
type Take = <Name extends keyof Facts>(
  name: Name,
  field: ServiceField,
  value: Facts[Name] | undefined,
) => void;

const APPLICANTS: readonly (readonly [RegExp, NonNullable<ServiceFacts['applicants']>[number]])[] = [
  [
    /^(?:非法人(?:组织|企业|单位)?|其他(?:组织|社会组织)?|个体工商户|社会组织|合伙企业)$/,
    'other-organization',
  ],
  [/^(?:自然人|个人|公民|居民|公民个人|境内自然人)$/, 'natural-person'],
  [
    /^(?:法人|企业|企业法人|事业法人|事业单位法人|事业单位|社会组织法人|社团法人|机关法人|机关|行政机关|非企业法人|法人单位|单位)$/,
    'legal-person',
  ],
];

function readApplicants(text: string): ServiceFacts['applicants'] | undefined {
  const words = text.split(/[、，,；;/\s]+|(?<=人)[和及与或](?=其他|非|法)/).filter((word) => word !== '');
  const found = words.map((word) => APPLICANTS.find(([pattern]) => pattern.test(word))?.[1]);
  if (found.length === 0 || found.includes(undefined)) return undefined;
  const all = new Set(found.filter((one) => one !== undefined));
  return (['natural-person', 'legal-person', 'other-organization'] as const).filter((one) => all.has(one));
}

function readHandling(text: string): ServiceFacts['handling'] | undefined {
  if (/^(?:即办|即时)(?:件|办结|办理)?$/.test(text)) return 'immediate';
  return /^承诺(?:件|办件|办理|时限内办结)?$/.test(text) ? 'promised' : undefined;
}

function readTime(
  text: string | undefined,
  unitWords: string | undefined,
  unitOfHead: TimeUnit | undefined,
): ServiceFacts['statutoryTime'] | undefined {
  if (text === undefined) return undefined;
  const unitOf = (words: string): TimeUnit | undefined => {
    if (/工作日/.test(words)) return 'working-day';
    return /自然日|[天日]/.test(words) ? 'calendar-day' : undefined;
  };
  const line = joinName(text);
  if (/^\d{1,4}(?:\.0+)?$/.test(line)) {
    const days = Number(line);
    const unit = unitWords === undefined ? unitOfHead : unitOf(unitWords);
    const word = unit === 'working-day' ? '个工作日' : unit === undefined ? '' : '日';
    return { text: `${days.toString()}${word}`, days, ...(unit !== undefined && { unit }) };
  }
  // Counted only where the words name one number of days: 20个工作日, not 3至5日.
  const [only, ...others] = [...line.matchAll(/(\d{1,4})\s*(?:个)?(工作日|自然日|日|天)/g)];
  const unit = only && unitOf(only[2] ?? '');
  const ranges = /\d\s*(?:[-—~～至到]|个?月|年|小时)/.test(line);
  if (only === undefined || others.length > 0 || ranges || unit === undefined) return { text: line };
  return { text: line, days: Number(only[1]), unit };
}

/** 1.申请书；2.身份证 and one a line → each by itself, without its number. */
export function splitList(text: string): string[] {
  const numbered = text
    .split(/\n|[；;](?!$)|(?<![\d.第（(《])(?=\d{1,2}[.、．）)](?!\d))/)
    .map((part) => joinName(part.replace(/^\s*[（(]?\d{1,2}[.、．）)]\s*/, '').replace(/[；;。]\s*$/, '')));
  return numbered.filter((part) => part !== '');
}

function readVisits(text: string): number | undefined {
  const count = /^(?:最多跑)?(\d{1,2})次?$/.exec(text)?.[1];
  return count === undefined ? undefined : Number(count);
}

function readWindow(said: Said, take: Take): void {
  const [address, hours, url] = [said('windowAddress'), said('windowHours'), said('windowUrl')];
  const window = {
    ...(address !== undefined && { address }),
    ...(hours !== undefined && { hours }),
  };
  const place = address === undefined ? 'windowHours' : 'windowAddress';
  if (Object.keys(window).length > 0)
    take('windows', place, url === undefined ? [window] : [window, { url }]);
  else if (url !== undefined) take('windows', 'windowUrl', [{ url }]);
}

function readResult(said: Said, take: Take): void {
  const [name, delivery] = [said('result'), said('resultDelivery')];
  if (name !== undefined) take('result', 'result', { name, ...(delivery !== undefined && { delivery }) });
}

/** 无 in a column of fees says that there is none; what the words say is kept as it stands. */
function readFee(texts: ServiceTexts, said: Said, facts: Facts, unread: string[]): void {
  const free = /^(?:不收费|否|无|免费|不收取(?:任何)?费用|0|不涉及收费|无收费)$/;
  const [charged, fee, standard, basis] = (['charged', 'fee', 'feeStandard', 'feeBasis'] as const).map(
    (field) => (texts[field] ?? []).join('\n').trim(),
  );
  if ([charged, fee, standard, basis].every((text) => text === '' || text === undefined)) return;
  const words = [fee, standard].filter(
    (text) => text !== undefined && text !== '' && !free.test(text) && !NOTHING.test(text),
  );
  const yes =
    charged !== '' && charged !== undefined
      ? readYes(charged)
      : words.length > 0 || said('feeBasis') !== undefined;
  if (yes === undefined) {
    unread.push(`“${COLUMN_NAMES.charged}”写的是“${shorten(charged ?? '', 40)}”`);
    return;
  }
  const value = {
    charged: yes,
    ...(words.length > 0 && { standard: words.join('\n') }),
    ...(said('feeBasis') !== undefined && !free.test(said('feeBasis') ?? '') && { basis: said('feeBasis') }),
  };
  const parsed = ServiceFactsSchema.safeParse({ fee: value });
  if (parsed.success && parsed.data.fee !== undefined) facts.fee = parsed.data.fee;
  else unread.push(`“${COLUMN_NAMES.fee}”写的是“${shorten(words.join(' '), 40)}”`);
}

function readYes(text: string): boolean | undefined {
  if (/^(?:是|收费|有|√|1)$/.test(text)) return true;
  return /^(?:否|不收费|无|免费|×|0)$/.test(text) ? false : undefined;
}
