import { CATEGORIES } from '@mandate/codes';
import type { AuthorityItem, Organ, TimeLimit } from '@mandate/lists';

type Node = Readonly<Record<string, unknown>>;

const CONTEXT = [
  'https://schema.org',
  {
    cpsv: 'http://purl.org/vocab/cpsv#',
    cv: 'http://data.europa.eu/m8g/',
    dct: 'http://purl.org/dc/terms/',
    eli: 'http://data.europa.eu/eli/ontology#',
  },
];

/**
 * An item for machines that know schema.org (GovernmentService, GovernmentPermit) and CPSV-AP 3 (Public Service, Evidence,
 * Legal Resource, Output …). Undefined for a cancelled power: it is no service any more.
 *
 * @param address of the item's page
 */
export function itemJsonLd(
  item: AuthorityItem,
  {
    key,
    address,
    organ,
    publicUrl,
  }: { key: string; address: string; organ: Organ | undefined; publicUrl: string },
): Node | undefined {
  if (item.state === 'cancelled') return undefined;
  const { service, bases, codes } = item;
  const office = {
    '@type': ['GovernmentOrganization', 'cv:PublicOrganisation'],
    '@id': `${publicUrl}/organs/${item.organ}/`,
    name: organ?.name ?? item.organ,
    identifier: item.organ,
    ...(organ?.regionName !== undefined && { areaServed: organ.regionName }),
  };
  const output = service?.result && {
    '@type': [item.category === '01' ? 'GovernmentPermit' : 'CreativeWork', 'cv:Output'],
    '@id': `${address}#result`,
    name: service.result.name,
    ...(item.category === '01' && { issuedBy: { '@id': office['@id'] }, issuedThrough: { '@id': address } }),
  };
  const time = duration(service?.promisedTime ?? service?.statutoryTime);
  return {
    '@context': CONTEXT,
    '@type': ['GovernmentService', 'cpsv:PublicService'],
    '@id': address,
    url: address,
    name: item.name,
    inLanguage: 'zh-CN',
    identifier: [
      key,
      codes?.base,
      codes?.implementation,
      codes?.business,
      codes?.former,
      codes?.other,
    ].filter(Boolean),
    serviceType: CATEGORIES[item.category],
    serviceOperator: office,
    'cv:hasCompetentAuthority': { '@id': office['@id'] },
    ...(service?.conditions !== undefined && { 'dct:description': service.conditions }),
    ...(service?.applicants && {
      audience: service.applicants.map((one) => ({ '@type': 'Audience', audienceType: AUDIENCES[one] })),
    }),
    ...(bases.length > 0 && {
      'cv:hasLegalResource': bases.map(({ title, articles, text }) => ({
        '@type': 'eli:LegalResource',
        'dct:title': title ?? text.slice(0, 60),
        ...(articles.length > 0 && { 'dct:description': articles.join('、') }),
      })),
    }),
    ...(service?.materials && {
      'cpsv:hasInput': service.materials.map(({ name, blankForm }) => ({
        '@type': 'cv:Evidence',
        'dct:title': name,
        ...(blankForm !== undefined && { 'cv:hasTemplate': { '@id': blankForm } }),
      })),
    }),
    ...(output && { serviceOutput: output, 'cpsv:produces': { '@id': output['@id'] } }),
    ...(time !== undefined && { 'cv:processingTime': time }),
    ...(service?.fee && {
      'cv:hasCost': {
        '@type': 'cv:Cost',
        'dct:description': service.fee.charged ? (service.fee.standard ?? '收费') : '不收费',
      },
      isAccessibleForFree: !service.fee.charged,
    }),
    ...(service?.windows && {
      availableChannel: service.windows.map(({ name, address: place, hours, phone, url }) => ({
        '@type': ['ServiceChannel', 'cv:Channel'],
        ...(name !== undefined && { name }),
        ...(url !== undefined && { serviceUrl: url }),
        ...(phone !== undefined && { servicePhone: { '@type': 'ContactPoint', telephone: phone } }),
        ...((place !== undefined || hours !== undefined) && {
          serviceLocation: {
            '@type': 'Place',
            ...(place !== undefined && { address: place }),
            ...(hours !== undefined && { description: hours }),
          },
        }),
      })),
    }),
    ...(service?.consultation !== undefined && {
      'cv:hasContactPoint': { '@type': 'cv:ContactPoint', 'dct:description': service.consultation },
    }),
  };
}

const AUDIENCES = {
  'natural-person': '自然人',
  'legal-person': '企业法人',
  'other-organization': '其他组织',
} as const;

/** As XML Schema has it. Working days are no calendar days, so they stay in words elsewhere. */
function duration(limit: TimeLimit | undefined): string | undefined {
  return limit?.days !== undefined && limit.unit === 'calendar-day' ? `P${limit.days}D` : undefined;
}

/** JSON for a script element of data: nothing in it can end the element. */
export function scriptJson(value: Node): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
