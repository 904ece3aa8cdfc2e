import { LegalBasisSchema } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { ownedBy } from '../database/owner-range.ts';

const Bases = z.array(LegalBasisSchema.pick({ kind: true, title: true }).strip());

/** What is compared of an item of another organ, straight from its newest content. */
export interface ComparedItem {
  readonly key: string;
  readonly name: string;
  readonly category: string;
  readonly state: string;
  readonly base: string | null;
  readonly bases: z.infer<typeof Bases>;
}

/** A few words of very many items, without their whole contents. */
@Injectable()
export class ComparedItemsRepository {
  /** @param organs keys; every item that was ever listed for one of them */
  async compared(tx: EntityManager, organs: readonly string[]): Promise<readonly ComparedItem[]> {
    if (organs.length === 0) return [];
    const rows = await tx.query<(Omit<ComparedItem, 'bases'> & { bases: unknown })[]>(
      `SELECT v.key, v.name, v.category, v.state, c.content -> 'codes' ->> 'base' AS base,
              coalesce(
                (SELECT jsonb_agg(jsonb_build_object('kind', b -> 'kind') ||
                   CASE WHEN b ? 'title' THEN jsonb_build_object('title', b -> 'title') ELSE '{}' END)
                 FROM jsonb_array_elements(c.content -> 'bases') AS b),
                '[]'
              ) AS bases
       FROM unnest($1::text[]) AS wanted (organ)
       JOIN list_version v ON v.register = 'authority-item' AND v.newest AND ${ownedBy('v.key', 'wanted.organ')}
       JOIN stored_entry e ON e.entry_id = v.entry_id
       CROSS JOIN LATERAL (SELECT convert_from(e.bytes, 'UTF8')::jsonb AS content OFFSET 0) AS c
       ORDER BY v.key`,
      [organs],
    );
    return rows.map(({ bases, ...row }) => ({ ...row, bases: Bases.parse(bases) }));
  }
}
