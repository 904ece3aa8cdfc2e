import type { ContentBlob, Json } from '@mandate/encoding';
import type { ChangeKind, Register } from '@mandate/lists';
import type { DraftAction } from './actions.ts';
import type { OpenFindings } from './findings.ts';
import type { DraftState } from './states.ts';

/** Something doubtful in a change, for whoever reviews it. */
export interface Doubt {
  readonly code: string;
  readonly message: string;
}

/** A listed item that a found one may be. */
export interface PairCandidate {
  readonly key: string;
  readonly name: string;
  /** 0 to 100 */
  readonly likeness: number;
}

/**
 * `asked`: a person is to say whether the two are one; `sure`: nothing differs but a slip of the pen, and nobody has said
 * otherwise; `same` and `apart`: a person has said so.
 */
export type PairState = 'asked' | 'sure' | 'same' | 'apart';

/** Whether an item of the source is a listed one under another name, and which: of one change of a draft. */
export interface ChangePair {
  readonly state: PairState;
  /** what it may be, the likeliest first; the change has the key of the one that it is taken for */
  readonly candidates: readonly PairCandidate[];
  /** names of other found items that are like the first candidate: one item may have become several */
  readonly rivals: readonly string[];
  /** the item as the source has it: what is listed if it is none of the listed ones */
  readonly found: Json;
}

/** The row of a file from which a change was read. */
export interface ChangePlace {
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
  readonly serial?: string | undefined;
}

export interface NewDraftChange {
  readonly register: Register;
  /** absent for a new item: its key is given at publication */
  readonly key?: string | undefined;
  readonly kind: ChangeKind;
  readonly value: Json;
  /** the value with its bytes, where they are made already; `value` is its own then */
  readonly content?: ContentBlob | undefined;
  /** blob of the record it was compared with; without it, the record of the moment */
  readonly baseBlob?: string | undefined;
  /** `YYYY-MM-DD`; that of the draft unless given */
  readonly effectiveDate?: string | undefined;
  readonly reason?: string | undefined;
  /** 文号 */
  readonly document?: string | undefined;
  /** key of the item it was handed to or taken over from; `#3` is the third change of the same draft */
  readonly related?: string | undefined;
  readonly place?: ChangePlace | undefined;
  readonly doubts?: readonly Doubt[] | undefined;
  /** of an item of a source that may be a listed one under another name */
  readonly pair?: ChangePair | undefined;
}

/** An item that is listed and does not stand under its name in the source of the draft: what becomes of it is decided. */
export interface MissingItem {
  readonly key: string;
  readonly name: string;
  /** it stays in the list as it is, because; void once its newest blob is another */
  readonly stays?: { readonly reason: string; readonly blob: string; readonly by: string } | undefined;
}

/** A file of which a draft was made. */
export interface DraftSource {
  readonly file: string;
  /** what a template can say at all; absent for a department's own workbook */
  readonly says?: { readonly sheets: readonly string[]; readonly headers: readonly string[] } | undefined;
}

export interface DraftEdition {
  /** unique within the list: 2026, 2025-1 … */
  readonly number: string;
  readonly name: string;
  /** 发布日期; absent where the list says no whole day: then the day on which it is published or recorded here */
  readonly date?: string | undefined;
  readonly approvedBy?: string | undefined;
}

/** Where drafts go that concern no single list: organs, regions, a power that moves between two organs. */
export const REGISTRY_LIST = 'registry';

export interface DraftHeadings {
  readonly title: string;
  /** `YYYY-MM-DD` from which the changes hold */
  readonly effectiveDate: string;
  /** stands in every entry that gives none of its own, for everyone to read */
  readonly reason: string;
  readonly document?: string | undefined;
  /** why it takes effect before the day on which it is published; required for that, and stands in the entries */
  readonly backdatedReason?: string | undefined;
  readonly edition?: DraftEdition | undefined;
}

export interface NewDraft extends DraftHeadings {
  readonly scope: 'change' | 'edition';
  /** organ key, negative list key, or `REGISTRY_LIST` */
  readonly list: string;
  readonly changes: Iterable<NewDraftChange>;
  /** what the reviewer should know: the report of an import … */
  readonly report?: Json | undefined;
  readonly missing?: readonly MissingItem[] | undefined;
  readonly sources?: readonly DraftSource[] | undefined;
}

export interface Draft extends DraftHeadings {
  readonly id: string;
  readonly scope: 'change' | 'edition';
  readonly list: string;
  readonly report?: Json | undefined;
  readonly missing: readonly MissingItem[];
  readonly state: DraftState;
  /** grows with every act on the draft but a comment */
  readonly version: number;
  readonly author: AccountName;
  readonly createdAt: Date;
  readonly changedAt: Date;
  /** told with a step that they do not stop */
  readonly openFindings?: readonly OpenFindings[] | undefined;
}

export interface AccountName {
  readonly login: string;
  readonly displayName: string;
}

export interface DraftChange {
  /** within the draft, from 1; never given twice */
  readonly number: number;
  /** version of the draft with which it became what it is */
  readonly version: number;
  readonly register: Register;
  readonly key?: string | undefined;
  readonly kind: ChangeKind;
  readonly value: Json;
  /** the value with the bytes that were stored: nobody needs to make them again */
  readonly content?: ContentBlob | undefined;
  readonly blob: string;
  readonly baseBlob?: string | undefined;
  readonly effectiveDate?: string | undefined;
  readonly reason?: string | undefined;
  readonly document?: string | undefined;
  readonly related?: string | undefined;
  readonly place?: ChangePlace | undefined;
  readonly doubts: readonly Doubt[];
  readonly pair?: ChangePair | undefined;
  /** login of who wrote it so */
  readonly editedBy: string;
}

export interface DraftEvent {
  readonly version: number;
  readonly action: DraftAction;
  readonly account: AccountName;
  /** number of the change it is about */
  readonly change?: number | undefined;
  readonly comment?: string | undefined;
  readonly detail?: Json | undefined;
  readonly at: Date;
}

/** What publication made of one change. */
export interface PublishedChange {
  readonly number: number;
  readonly register: Register;
  readonly key: string;
  readonly kind: ChangeKind;
  readonly place?: ChangePlace | undefined;
  /** id of its entry */
  readonly entry: number;
}

export interface PublishedDraft {
  readonly draft: Draft;
  readonly changes: readonly PublishedChange[];
  /** ids of all entries, that of the edition last */
  readonly entries: readonly number[];
  /** by change, in the order of their numbers */
  readonly keys: readonly string[];
  /** key of the edition */
  readonly edition?: string | undefined;
}
