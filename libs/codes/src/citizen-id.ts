const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Whether `text` is a citizen identity number (GB 11643): 18 places, check digit right. */
export function isCitizenId(text: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(text.charAt(i)), 0);
  return '10X98765432'.charAt(sum % 11) === text.charAt(17);
}

/** The form in which a citizen identity number may be shown: its first three and last two places. */
export function maskCitizenId(text: string): string {
  return `${text.slice(0, 3)}${'*'.repeat(13)}${text.slice(-2)}`;
}
