/** Characters of the words that lists use, as they are written in traditional script, each before its simplified form. */
const PAIRS =
  '與与業业東东兩两個个為为爲为舉举義义鄉乡書书於于雲云產产産产從从價价會会體体餘余來来優优備备億亿償偿傳传係系佈布佔占併并並并黨党蘭兰關关興兴內内寫写軍军農农決决況况準准減减憑凭劃划則则創创刪删別别劑剂辦办務务動动勵励勞劳勢势區区醫医華华協协單单衛卫廳厅縣县參参雙双發发變变號号啟启啓启員员問问諮咨嚴严團团園园國国圖图圍围場场塊块壞坏處处復复複复頭头獎奖婦妇學学寧宁實实審审憲宪寬宽賓宾對对尋寻導导將将爾尔盡尽層层屬属嶺岭島岛幣币帶带幫帮廣广慶庆庫库應应廢废開开異异棄弃張张強强彈弹歸归當当錄录録录徹彻徑径徵征後后態态總总懷怀擴扩掃扫擔担擇择據据擋挡擬拟執执報报護护擊击換换損损採采數数齊齐斷断無无舊旧時时顯显曉晓暫暂術术機机權权條条檢检標标樣样極极構构樓楼樹树檔档欄栏歐欧歷历殘残毀毁氣气匯汇彙汇滬沪淨净測测濟济滯滞滿满漁渔濱滨灣湾滅灭點点熱热煙烟營营燈灯狀状獨独環环現现瑪玛電电畫画療疗監监蓋盖盜盗盤盘確确碼码礎础礦矿禮礼種种積积稱称穩稳競竞筆笔簽签籤签簡简節节類类糧粮級级約约紀纪純纯紙纸納纳線线組组細细織织終终經经結结給给統统續续維维綜综編编緣缘縮缩繳缴網网罰罚職职聯联聲声肅肃臨临藥药範范蘇苏藍蓝獲获虛虚補补裝装製制見见規规視视覽览覺觉觀观觸触計计訂订認认議议記记許许設设訴诉評评識识證证証证詢询試试話话該该語语誤误說说説说請请諾诺讀读誰谁調调譜谱課课論论負负財财責责賬账質质貴贵費费資资贛赣購购貿贸賠赔貨货車车軌轨軟软轉转輪轮輸输轄辖邊边遼辽達达過过運运還还這这違违遠远連连進进遲迟選选遞递適适遺遗鄰邻釋释裡里裏里鑒鉴針针鋼钢錢钱銀银鏈链銷销錯错鎮镇長长門门閉闭間间閱阅隊队陽阳陰阴階阶際际陸陆陝陕險险隨随隱隐難难雜杂離离靜静響响頁页頂顶項项順顺領领頒颁頻频題题額额顧顾風风飛飞飯饭飲饮館馆饋馈驗验馬马驅驱騙骗魚鱼鮮鲜鹽盐麗丽黃黄齡龄龍龙週周註注託托沒没臺台衆众眾众擾扰傷伤凍冻勝胜廠厂戰战棲栖漢汉潔洁濕湿墾垦壓压牽牵犧牺疊叠籌筹繼继罷罢羅罗腦脑';
const SIMPLIFIED = new Map<string, string>();
for (let at = 0; at < PAIRS.length; at += 2) SIMPLIFIED.set(PAIRS.charAt(at), PAIRS.charAt(at + 1));
const TRADITIONAL = new RegExp(`[${[...SIMPLIFIED.keys()].join('')}]`, 'g');

/**
 * Words of a table in traditional script → the same in simplified script, sign for sign, to be understood. Never to be published:
 * what an item says stays as it is written.
 */
export function simplifiedWords(text: string): string {
  return text.replace(TRADITIONAL, (sign) => SIMPLIFIED.get(sign) ?? sign);
}
