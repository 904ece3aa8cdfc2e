/** Round numbers from 0 to at least `largest`, about five: 0 20 40 60 80. */
export function axisTicks(largest: number): number[] {
  const rough = Math.max(largest, 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough,
  );
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_, at) => at * step);
}
