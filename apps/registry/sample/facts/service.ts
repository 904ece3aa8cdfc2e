import type { Material, ServiceFacts, TimeLimit } from '@mandate/lists';

// No number here is anybody's: no area of China has the code 0000.
export const CONSULTATION = '0000-10001';
export const COMPLAINT = '0000-12345';

type More = Partial<Omit<Material, 'name'>>;

/** Where blank forms of the sample stand: a domain that is kept free for examples (RFC 2606). */
const FORMS = 'https://forms.example.com/';

/** Made by the applicant: an original. */
export const own = (name: string, more: More = {}): Material => ({
  name,
  form: 'either',
  necessity: 'required',
  originals: 1,
  copies: 0,
  source: 'applicant',
  ...more,
});

/** A form to be filled in, with its blank at the address. */
export const form = (name: string, file: string, more: More = {}): Material =>
  own(name, {
    blankForm: `${FORMS}${file}.docx`,
    sampleForm: `${FORMS}${file}-sample.pdf`,
    formOffered: true,
    ...more,
  });

/** Made out by an organ: shown, and a copy left. */
export const issued = (name: string, sourceOrgan: string, more: More = {}): Material =>
  own(name, { originals: 0, copies: 1, source: 'government', sourceOrgan, ...more });

/** Needed in some cases only. */
export const when = (circumstances: string, material: Material): Material => ({
  ...material,
  necessity: 'optional',
  remarks: circumstances,
});

export const workingDays = (days: number, text?: string): TimeLimit => ({
  text: text ?? `自受理之日起${days.toString()}个工作日`,
  days,
  unit: 'working-day',
});

const FREE: ServiceFacts['fee'] = { charged: false };

/** The hall of the city with the counter of one trade. */
export function hall(counter: string, phone = CONSULTATION): NonNullable<ServiceFacts['windows']>[number] {
  return {
    name: `示例市政务服务中心${counter}`,
    address: '示例市示东区示例大道1号一层（示例地址）',
    hours: '工作日 9:00—12:00，13:30—17:30',
    phone,
  };
}

export const ONLINE: NonNullable<ServiceFacts['windows']>[number] = {
  name: '示例市网上办事大厅（示例）',
  url: 'https://online.example.com/',
  hours: '全天',
};

const SERVED = {
  people: ['natural-person'],
  companies: ['legal-person', 'other-organization'],
  all: ['natural-person', 'legal-person', 'other-organization'],
} as const;

/** What differs from item to item; the rest is the same at every counter of the sample city. */
export function service(facts: {
  readonly for: keyof typeof SERVED;
  /** one condition a line */
  readonly conditions: readonly string[];
  readonly materials: readonly Material[];
  readonly statutory?: TimeLimit;
  readonly promised?: TimeLimit;
  readonly immediate?: true;
  readonly fee?: ServiceFacts['fee'];
  readonly counter: string;
  readonly offline?: true;
  readonly visits: number;
  readonly result?: ServiceFacts['result'];
}): ServiceFacts {
  const { statutory, promised, result } = facts;
  return {
    applicants: [...SERVED[facts.for]],
    conditions: facts.conditions.map((text, n) => `${n + 1}.${text}`).join('\n'),
    handling: facts.immediate ? 'immediate' : 'promised',
    ...(statutory && { statutoryTime: statutory }),
    ...(promised && { promisedTime: promised }),
    fee: facts.fee ?? FREE,
    materials: [...facts.materials],
    windows: facts.offline ? [hall(facts.counter)] : [hall(facts.counter), ONLINE],
    consultation: `电话 ${CONSULTATION}，或者到窗口咨询`,
    complaint: `电话 ${COMPLAINT}，或者向示例市政务服务中心投诉窗口提出`,
    visits: facts.visits,
    ...(result && { result }),
  };
}
