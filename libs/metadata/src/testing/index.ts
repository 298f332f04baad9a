export { type Accounting, chargedTo, recount } from './accounting.js';
export {
  aBlob,
  anImage,
  anIndex,
  type ImageOptions,
  sha256,
  type TestBlob,
  type TestImage,
  type TestManifest,
} from './content.js';
export {
  actorOf,
  addMember,
  aName,
  createRepository,
  createTenant,
  createUser,
  type Tenant,
  type UserOptions,
  userRef,
} from './people.js';
export { raceBehind } from './race-behind.js';
export {
  NO_TRASH,
  type PushOptions,
  pushImageRows,
  pushRows,
  REVIEW_DELAY,
  storeBlob,
  TRASH,
  UploadEndedError,
} from './repository-content.js';
export { createRobot, type RobotOptions } from './robots.js';
export { MIGRATIONS_FOLDER, migratedTemplate } from './schema-template.js';
