import { chinaDay } from '@mandate/certificate';
import type { EntityManager } from 'typeorm';
import { firstPlace, placeBehindLoss, WINDOW } from './status-places.ts';

/** More numbers than a registry gives between its last good backup and a loss, whatever happened to it. */
const UNKNOWN_NUMBERS = 1_000_000;

/** From where a registry gives numbers and places of the status list. */
export interface Beginning {
  readonly firstNumber: number;
  readonly firstPlace: number;
}

export interface Loss {
  readonly cause: 'restored' | 'recovered';
  /** what it went on from: SHA-256 of a backup's manifest, or sizes of the published logs */
  readonly source: string;
  /** certificates that are known to be lost: a lower bound; null where it is known that nothing was */
  readonly lost: number | null;
  /** from where it went on after an earlier loss, where that is known from elsewhere than the database */
  readonly beyond?: Beginning | undefined;
  /** earlier losses after which it went on from this same state, and of which nothing else is left */
  readonly earlier?: number | undefined;
}

/**
 * Leaves behind every number and every place of the status list that may have been given since the state the database is
 * in. Identifiers need no such thing: they are 82 random bits. Within the transaction that brings this state in: nobody
 * may issue from it before.
 */
export async function skipLost(tx: EntityManager, loss: Loss): Promise<Beginning> {
  const { cause, source, lost, beyond, earlier = 0 } = loss;
  const [{ drawn, offset }] = await tx.query<[{ drawn: string; offset: string }]>(
    `SELECT nextval('certificate_number') AS drawn,
       (SELECT coalesce(max(number_offset), 0) FROM continuation) AS offset`,
  );
  const next = Math.max(Number(drawn) + Number(offset) + 1, beyond?.firstNumber ?? 0);
  const place = Math.max(await firstPlace(tx), beyond?.firstPlace ?? 0);
  const begin: Beginning =
    lost === null
      ? { firstNumber: next, firstPlace: place }
      : {
          // Numbers are drawn before a certificate is drawn and signed: there are more of them than certificates.
          firstNumber: next + (1 + earlier) * UNKNOWN_NUMBERS + 2 * lost + secondOfYear(new Date()),
          firstPlace: await placeBehindLoss(tx, { from: place + earlier * 2 * WINDOW, lost }),
        };
  await tx.query(
    `INSERT INTO continuation (cause, source, first_number, number_offset, first_status_index)
     VALUES ($1, $2, $3, $4, $5)`,
    [cause, source, begin.firstNumber, begin.firstNumber - Number(drawn) - 1, begin.firstPlace],
  );
  return begin;
}

/**
 * A number bears its year. Of two restorations from one backup the later goes on further, though neither knows of the other,
 * by more than a registry gives meanwhile: a number a second.
 */
function secondOfYear(now: Date): number {
  const year = chinaDay(now).slice(0, 4);
  return Math.floor((now.getTime() - Date.parse(`${year}-01-01T00:00:00+08:00`)) / 1000);
}
