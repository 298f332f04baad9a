import { describeCrashes } from '../../support/crash/describe-crashes.js';

describeCrashes('filesystem');
