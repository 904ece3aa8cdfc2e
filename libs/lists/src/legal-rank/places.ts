/** With or without 省 and the like; 台湾 only with it: 台湾同胞投资… is of the State Council. */
const PROVINCES =
  '北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|' +
  '甘肃|青海|台湾省|内蒙古|广西|西藏|宁夏|新疆';

/** Special zones with a legislature's power of their own, and new areas that regulations are made for. */
const ZONES =
  '[\\p{Script=Han}]{2,6}(?:工业园区|经济技术开发区|高新技术产业开发区|保税区)|(?:深圳|珠海|汕头|厦门|海南)经济特区|海南自由贸易港|中国[（(][\\p{Script=Han}]{2,8}[）)]自由贸易试验区|' +
  '(?:浦东|滨海|两江|舟山群岛|兰州|南沙|西咸|贵安|西海岸|金普|天府|湘江|江北|福州|滇中|哈尔滨|长春|赣江|雄安)新区';

/** What stands before 市 and makes no city of it: 直辖市, 大中城市, 超大城市 …; 城市, 上市 and 都市 are too short for one. */
const NO_CITY =
  /(?:直辖|县级|地级|设区的|各|大中小?城|特大城|超大城|大城|小城|沿海城|文化名城|卫星城|中心城|全国城|国家城|智慧城|海绵城|超|股|集|夜|菜)$|^(?:关于|全国|国务院|国家)/u;
/** 市场 and its like, which no city begins: 人力资源市场, 商品市场. */
const AFTER_CITY = /^(?:场|民|售|面|价|值|电|况|郊|级|制|辖|镇)/;
const TOWNS_OF_LEVEL = /^[\p{Script=Han}]{2,15}?(?:自治州|自治县|自治旗|自治区)/u;
const OWN_LEVEL = /^(?:本?自治区|本?自治州|本?自治县|本省|本市|省人民政府|市人民政府)/;

/**
 * Whether a title begins with a part of the country: a province, an autonomous area, a city, a zone. A word that only ends
 * in 市 is none: 城市市容…, 人力资源市场….
 */
export function beginsWithPlace(title: string): boolean {
  if (title.startsWith('中华人民共和国')) return false;
  if (new RegExp(`^(?:${PROVINCES}|${ZONES})`, 'u').test(title)) return true;
  if (OWN_LEVEL.test(title)) return true;
  const autonomous = TOWNS_OF_LEVEL.exec(title)?.[0];
  if (autonomous !== undefined) return !/^(?:民族|实施|全国|关于|各)/.test(autonomous);
  const [city, name] = /^((?!市)\p{Script=Han}(?:(?!市)\p{Script=Han}){1,6})市/u.exec(title) ?? [];
  return (
    city !== undefined &&
    name !== undefined &&
    !NO_CITY.test(name) &&
    !AFTER_CITY.test(title.slice(city.length))
  );
}
