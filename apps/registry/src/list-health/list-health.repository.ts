import { LegalBasisSchema } from '@mandate/lists';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

const Bases = z.array(LegalBasisSchema.pick({ kind: true, title: true }).strip());

/** What is compared of an item of another organ, straight from its newest content. */
export interface ComparedRow {
  readonly key: string;
  readonly name: string;
  readonly category: string;
  readonly state: string;
  readonly base: string | null;
  readonly bases: z.infer<typeof Bases>;
}

/** Reads that no other feature needs: a few words of very many items, without their whole contents. */
@Injectable()
export class ListHealthRepository {
  /** @param organs keys; every item that was ever listed for one of them */
  async compared(tx: EntityManager, organs: readonly string[]): Promise<readonly ComparedRow[]> {
    if (organs.length === 0) return [];
    const rows = await tx.query<(Omit<ComparedRow, 'bases'> & { bases: unknown })[]>(
      `SELECT v.key, v.name, v.category, v.state, c.content -> 'codes' ->> 'base' AS base,
              coalesce(
                (SELECT jsonb_agg(jsonb_build_object('kind', b -> 'kind') ||
                   CASE WHEN b ? 'title' THEN jsonb_build_object('title', b -> 'title') ELSE '{}' END)
                 FROM jsonb_array_elements(c.content -> 'bases') AS b),
                '[]'
              ) AS bases
       FROM unnest($1::text[]) AS wanted (organ)
       -- Keys of an organ's items lie between <organ>. and <organ>/ in the order of bytes.
       JOIN list_version v ON v.register = 'authority-item' AND v.newest
         AND v.key > wanted.organ || '.' AND v.key < wanted.organ || '/'
       JOIN entry e ON e.id = v.entry_id
       CROSS JOIN LATERAL (
         SELECT convert_from(b.bytes, 'UTF8')::jsonb AS content FROM blob b WHERE b.hash = e.blob_hash OFFSET 0
       ) AS c
       ORDER BY v.key`,
      [organs],
    );
    return rows.map(({ bases, ...row }) => ({ ...row, bases: Bases.parse(bases) }));
  }
}
