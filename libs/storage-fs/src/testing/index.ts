export { filesUnder, openTempStore, type TempStore, useTempStore } from './temp-store.js';
