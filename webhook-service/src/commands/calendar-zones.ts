import { IANAZone } from "luxon";

/** Names that Windows and Outlook give to zones, as far as offices that we know of use them. */
const windowsNames: Record<string, string> = {
	"AUS Eastern Standard Time": "Australia/Sydney",
	"Central European Standard Time": "Europe/Warsaw",
	"Central Europe Standard Time": "Europe/Budapest",
	"Central Standard Time": "America/Chicago",
	"China Standard Time": "Asia/Shanghai",
	"E. Europe Standard Time": "Europe/Chisinau",
	"Eastern Standard Time": "America/New_York",
	"FLE Standard Time": "Europe/Kyiv",
	"GMT Standard Time": "Europe/London",
	"GTB Standard Time": "Europe/Bucharest",
	"Greenwich Standard Time": "Atlantic/Reykjavik",
	"India Standard Time": "Asia/Kolkata",
	"Morocco Standard Time": "Africa/Casablanca",
	"Mountain Standard Time": "America/Denver",
	"New Zealand Standard Time": "Pacific/Auckland",
	"Pacific Standard Time": "America/Los_Angeles",
	"Romance Standard Time": "Europe/Paris",
	"Russian Standard Time": "Europe/Moscow",
	"SA Pacific Standard Time": "America/Bogota",
	"Singapore Standard Time": "Asia/Singapore",
	"South Africa Standard Time": "Africa/Johannesburg",
	"Tokyo Standard Time": "Asia/Tokyo",
	"Turkey Standard Time": "Europe/Istanbul",
	"W. Europe Standard Time": "Europe/Berlin",
	UTC: "UTC",
};

/** The IANA zone that a calendar file means by a name of its own; `null` when we cannot tell. */
export function zoneNamed(name: string): string | null {
	// Some programs write a path before the name: /freeassociation.sourceforge.net/Europe/Brussels.
	const parts = name.split("/").filter((part) => part !== "");
	const candidates = [name, parts.slice(-2).join("/"), parts.slice(-3).join("/"), windowsNames[name] ?? ""];
	return candidates.find((zone) => /^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone)) ?? null;
}
