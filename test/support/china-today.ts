import { setTimeout as sleep } from 'node:timers/promises';
import { chinaDay } from '@mandate/certificate';

/** More than what a spec does in one day takes, less than a test may. */
const ROOM_MS = 240_000;

/**
 * Today in China, once there is enough of it left: what a spec has come into force today, the registry must not find to be of
 * yesterday a moment later.
 */
export async function chinaToday(): Promise<string> {
  const today = chinaDay(new Date());
  if (chinaDay(new Date(Date.now() + ROOM_MS)) === today) return today;
  await sleep(1_000);
  return chinaToday();
}
