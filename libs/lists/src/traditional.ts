export function simplifiedWords(text: string): string {
  return text;
}
