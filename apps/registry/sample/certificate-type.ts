import type { CertificateType } from '@mandate/certificate';

/**
 * 食品经营许可证 of the sample city. A type's code opens with the USCC of the organ that defined it. To borrow a real
 * organ's would say that it had defined this one, so the code is made up where nobody can have it: region 000000 belongs
 * to no place, EXAMPLE stands for the organization, and both check digits are right, so that every reader accepts it.
 */
export const FOOD_PERMIT: CertificateType = {
  schema: 'certificate-type/1',
  code: '110000000EXAMPLE7L001',
  name: '食品经营许可证',
  mandate: {
    category: '01',
    itemNames: ['食品经营许可', '食品（含保健食品）经营许可', '食品经营许可证核发'],
  },
  faceFields: [
    { name: 'KZ_FDDBR', label: '法定代表人（负责人）', required: true, maxLength: 50 },
    { name: 'KZ_ZS', label: '住所', required: true, maxLength: 200 },
    { name: 'KZ_JYCS', label: '经营场所', required: true, maxLength: 200 },
    { name: 'KZ_ZTYT', label: '主体业态', required: true, maxLength: 100 },
    { name: 'KZ_JYXM', label: '经营项目', required: true, maxLength: 500 },
    { name: 'KZ_CCCS', label: '仓储场所', required: false, maxLength: 200 },
    { name: 'KZ_JGJG', label: '日常监督管理机构', required: false, maxLength: 100 },
    { name: 'KZ_TSJB', label: '投诉举报电话', required: false, maxLength: 50 },
  ],
  statement: '经审查，符合食品安全法律、法规、规章规定的条件，准予从事下列食品经营活动。',
  numberPrefix: 'JY',
  validityYears: 5,
  sample: true,
};
