/**
 * 示例市财政局2026年行政处罚裁量基准 → 示例市财政局2026年权责清单: the words by which titles of lists are read for their organ.
 */
export function asListTitle(title: string): string {
  return title.replace(
    /(?:行政)?(?:处罚|执法|许可)?(?:自由)?裁量(?:权)?(?:实施)?(?:基准|标准|细化标准|细则|规则|参照执行标准|表|清单).*?(?=(?:\.[A-Za-z]{2,4})?$)/u,
    '权责清单',
  );
}
