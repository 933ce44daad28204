export { zammad } from "./classic.ts";
export { zammadDesktop } from "./desktop.ts";
