export { updateSearch, type SearchUpdate, type SearchUpdated } from './search-index/update.ts';
