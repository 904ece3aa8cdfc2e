import { catalogue } from '../feeds/catalogue.ts';

export function GET(): Response {
  return new Response(catalogue(), { headers: { 'content-type': 'application/ld+json; charset=utf-8' } });
}
