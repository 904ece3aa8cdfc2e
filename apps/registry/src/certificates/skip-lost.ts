import type { EntityManager } from 'typeorm';
import { firstPlace, placeBehindLoss } from './status-places.ts';

/** Numbers are skipped to the next of these: whoever reads one sees that there was a loss, and of which the number is. */
const NUMBER_STEP = 1_000_000;

export interface Loss {
  readonly cause: 'restored' | 'recovered';
  /** what it went on from: SHA-256 of a backup's manifest, or sizes of the published logs */
  readonly source: string;
  /** certificates that are known to be lost: a lower bound; null where it is known that nothing was */
  readonly lost: number | null;
}

/**
 * Leaves behind every number and every place of the status list that may have been given since the state the database is
 * in. Identifiers need no such thing: they are 82 random bits. Within the transaction that brings this state in: nobody
 * may issue from it before.
 * @returns from where it goes on
 */
export async function skipLost(
  tx: EntityManager,
  { cause, source, lost }: Loss,
): Promise<{ firstNumber: number; firstPlace: number }> {
  const [{ drawn, offset }] = await tx.query<[{ drawn: string; offset: string }]>(
    `SELECT nextval('certificate_number') AS drawn,
       (SELECT coalesce(max(number_offset), 0) FROM continuation) AS offset`,
  );
  const current = Number(drawn) + Number(offset);
  // Numbers are drawn before a certificate is drawn and signed: there are more of them than certificates.
  const firstNumber =
    lost === null ? current + 1 : Math.ceil((current + 2 * lost + 1) / NUMBER_STEP) * NUMBER_STEP;
  const place = lost === null ? await firstPlace(tx) : await placeBehindLoss(tx, lost);
  await tx.query(
    `INSERT INTO continuation (cause, source, first_number, number_offset, first_status_index)
     VALUES ($1, $2, $3, $4, $5)`,
    [cause, source, firstNumber, firstNumber - Number(drawn) - 1, place],
  );
  return { firstNumber, firstPlace: place };
}
