import { CertificateTypeSchema } from '@mandate/certificate';
import {
  type Draft,
  type DraftChange,
  type MustFinding,
  type Overrule,
  requireSettled,
  settle,
} from '@mandate/drafting';
import {
  type AuthorityItem,
  checkTexts,
  type HealthFinding,
  type ListEntry,
  openMustCheck,
} from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { DraftOverrulesRepository } from './draft-overrules.repository.ts';
import { DraftsRepository } from './drafts.repository.ts';

/** Changes that are looked at together. */
const PAGE = 100;

/** What `must` findings of a draft there are, and which of them a reviewer has overruled. */
export interface Gate {
  readonly findings: readonly MustFinding[];
  readonly open: readonly MustFinding[];
  readonly settled: ReadonlyMap<MustFinding, Overrule>;
}

/** A gate to which the changes of a draft are shown, page by page. */
export interface Looking {
  readonly findings: readonly MustFinding[];
  readonly see: (page: readonly DraftChange[]) => Promise<void>;
}

/**
 * Holds what a draft would list against the rules of the health check whose findings forbid it. It looks at the content as
 * drafted, whether the draft brings the fault or only repeats it: what is listed anew is answered for anew. What a draft
 * cancels harms nobody.
 */
@Injectable()
export class DraftGateService {
  constructor(
    private readonly repository: DraftsRepository,
    private readonly overrules: DraftOverrulesRepository,
    private readonly lists: ListsService,
  ) {}

  async look(tx: EntityManager, draft: Pick<Draft, 'id'>): Promise<Gate> {
    const looking = this.begin(tx);
    for (let after = 0; ;) {
      const page = await this.repository.changes(tx, draft.id, { after, limit: PAGE });
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.number;
      await looking.see(page);
    }
    return this.end(tx, draft, looking);
  }

  /**
   * For whoever reads all changes of a draft in this transaction anyway: they are read and parsed once. Nothing is read before
   * the first page comes: whoever locks the lists does so first.
   */
  begin(tx: EntityManager): Looking {
    let check: ReturnType<typeof openMustCheck> | undefined;
    const findings: MustFinding[] = [];
    const see = async (page: readonly DraftChange[]): Promise<void> => {
      check ??= await this.openCheck(tx);
      for (const change of page) {
        const { number, version, register, key, value } = change;
        // The schema of the register held when the change was written.
        const item = value as unknown as AuthorityItem;
        const found =
          register === 'authority-item' && item.state !== 'cancelled'
            ? check({ key, item })
            : await this.newTexts(tx, change);
        for (const finding of found) findings.push({ ...finding, change: number, version });
      }
    };
    return { findings, see };
  }

  /** @param looking has seen all changes of the draft as they are now */
  async end(tx: EntityManager, { id }: Pick<Draft, 'id'>, { findings }: Looking): Promise<Gate> {
    const overrules = findings.length === 0 ? [] : await this.overrules.standing(tx, id);
    return { findings, ...settle(findings, overrules) };
  }

  private async openCheck(tx: EntityManager): Promise<ReturnType<typeof openMustCheck>> {
    const types = await this.lists.records(tx, 'certificate-type');
    return openMustCheck(types.map(({ value }) => CertificateTypeSchema.parse(value)));
  }

  /** A cancellation harms nobody, but its words are published: what it says that the list does not say already is looked at. */
  private async newTexts(tx: EntityManager, change: DraftChange): Promise<readonly HealthFinding[]> {
    const { register, key, kind, value, baseBlob } = change;
    // Content of a register: an object.
    const found = checkTexts(register, { key, content: value as object });
    if (found.length === 0 || kind !== 'cancelled' || key === undefined) return found;
    const listed = await this.lists.history(tx, register, key);
    const base = listed.find(({ entry }) => entry.blob === baseBlob)?.value;
    const before = new Set(
      (typeof base === 'object' && base !== null ? checkTexts(register, { key, content: base }) : []).map(
        said,
      ),
    );
    return found.filter((finding) => !before.has(said(finding)));
  }

  /**
   * @returns what the entry of each change says was overruled, by the number of the change
   * @throws DraftError `open-findings`
   */
  requireSettled({ open, settled }: Gate): ReadonlyMap<number, ListEntry['overruled']> {
    requireSettled(open);
    const byChange = Map.groupBy(settled, ([{ change }]) => change);
    return new Map(
      [...byChange].map(([change, all]) => {
        const said = new Map(
          all.map(([{ rule }, { id, reason }]) => [`${rule} ${id}`, { rule, reason }] as const),
        );
        return [change, [...said.values()].slice(0, MOST_OVERRULED)];
      }),
    );
  }
}

function said({ rule, pointer, text }: HealthFinding): string {
  return JSON.stringify([rule, pointer, text]);
}

/** An entry takes no more (formats §2.2); there are fewer rules than that. */
const MOST_OVERRULED = 20;
