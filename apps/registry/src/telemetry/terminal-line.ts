import { z } from 'zod';

const Line = z.looseObject({
  level: z.string(),
  time: z.string(),
  process: z.string().optional(),
  msg: z.string().optional(),
  event: z.string().optional(),
  method: z.string().optional(),
  route: z.string().optional(),
  status: z.number().optional(),
  durationMs: z.number().optional(),
  code: z.string().optional(),
  err: z.union([z.looseObject({ type: z.string(), stack: z.string() }), z.string()]).optional(),
});

/** A line of the log as a person reads it in a terminal; one that is none of ours stays as it is. */
export function terminalLine(json: string): string {
  const line = parseLine(json);
  if (line === undefined) return json;
  const { level, time, process, method, route, status, durationMs, code, event, msg, err } = line;
  const request =
    method === undefined
      ? undefined
      : [method, route ?? '', status?.toString() ?? '', `${Math.round(durationMs ?? 0).toString()} ms`].join(
          ' ',
        );
  const words = [
    new Date(time).toTimeString().slice(0, 8),
    level.toUpperCase().padEnd(5),
    (process ?? '').padEnd(6),
    request,
    event === 'request' ? undefined : event,
    code,
    msg,
    typeof err === 'object' ? `${err.type}\n${err.stack}` : err,
  ];
  return `${words.filter((word) => word !== undefined && word !== '').join(' ')}\n`;
}

function parseLine(json: string): z.infer<typeof Line> | undefined {
  try {
    return Line.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
