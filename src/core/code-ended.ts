import { type Channel, channel } from "node:diagnostics_channel";

/**
 * Hears whenever running code was ended from outside, as an interrupt ends the code of a notebook's cell: none of its
 * `finally` blocks ran. Who holds threads or shared memory gives them back then.
 */
export const codeEnded: Channel = channel("segbook:code-ended");
