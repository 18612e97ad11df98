"""The sentences about Developer Center: the way there, its answers, and what a person must do."""

from __future__ import annotations

from app.core.errors import Why
from app.wording.language import mark

PLATFORM: dict[Why, str] = {
    Why.PLATFORM_URL: mark(
        "{url} cannot be the address of Developer Center; nothing was sent. "
        "Choose a data centre, or give an address that begins with `https://`."
    ),
    Why.PLATFORM_PROXY_URL: mark(
        "The address of the proxy cannot be used; nothing was sent. Give it as `http://HOST:PORT`."
    ),
    Why.PLATFORM_CA_FILE: mark(
        "The certificates in {path} cannot be used ({detail}); nothing was sent. "
        "Choose a PEM file of your certificate authority."
    ),
    Why.PLATFORM_NAME: mark(
        "The name {host} is not known to the network; nothing was confirmed. "
        "Check the network connection of this PC, and the address in the settings."
    ),
    Why.PLATFORM_NOT_LISTENING: mark(
        "The connection to {host} was refused, there or by the proxy; nothing was confirmed. "
        "Check address and proxy in the settings."
    ),
    Why.PLATFORM_PROXY: mark(
        "The proxy does not let us through to {host} ({detail}); nothing was confirmed. "
        "Ask the IT department whether it wants a name and password, or must be told to allow this address."
    ),
    Why.PLATFORM_CERTIFICATE: mark(
        "The certificate of {host} is not trusted ({detail}); nothing was sent. "
        "Ask the IT department whether the network shows its own; if so, choose that one in the settings."
    ),
    Why.PLATFORM_SLOW: mark(
        "{host} did not answer in time; nothing was confirmed. Check the network connection, then try again."
    ),
    Why.PLATFORM_BROKEN: mark(
        "The connection to {host} broke off ({detail}); nothing was confirmed. "
        "Check the network connection, then try again."
    ),
    Why.PLATFORM_NOT_ITSELF: mark(
        "What answers at {host} does not speak like Developer Center (HTTP {code}); nothing was confirmed. "
        "Check the address in the settings, and whether the network wants a sign-in page to be filled in."
    ),
    Why.PLATFORM_TROUBLE: mark(
        "Developer Center is in trouble at the moment (code {code}); nothing was confirmed. Try again later."
    ),
    Why.PLATFORM_RATE_LIMIT: mark(
        "Developer Center wants fewer requests at the moment; nothing was confirmed. Try again later."
    ),
    Why.PLATFORM_IN_PART: mark(
        "Developer Center says yes, but more than that, which may be failures; "
        "nothing was confirmed by that. Try again: each device is then asked for."
    ),
    Why.PLATFORM_CLOCK: mark(
        "The clocks of this PC and of Developer Center are {seconds} s apart; nothing was sent. "
        "Have the clock of this PC set right, then try again."
    ),
    Why.PLATFORM_SIGN_IN: mark(
        "Developer Center does not accept this AccessKey with this AccessSecret (code {code}, “{message}”); "
        "nothing was sent. Enter both again, exactly as Developer Center shows them."
    ),
    Why.PLATFORM_KEY_UNKNOWN: mark(
        "Developer Center does not know this AccessKey (code {code}); nothing was sent. "
        "Check the data centre, then enter AccessKey and AccessSecret again."
    ),
    Why.PLATFORM_KEY_LIMITED: mark(
        "This AccessKey may not do this (code {code}); nothing was confirmed. "
        "Have the owner of the Developer Center account widen its permission, then try again."
    ),
    Why.PLATFORM_ADDRESS_DENIED: mark(
        "The internet address of this factory is not on the account's allow list (code {code}); "
        "nothing was confirmed. Have the owner of the Developer Center account add it, then try again."
    ),
    Why.PLATFORM_API_OFF: mark(
        "The account has no permission for the API (code {code}); nothing was confirmed. "
        "Have the owner of the Developer Center account activate it, then try again."
    ),
    Why.PLATFORM_NO_PRODUCT: mark(
        "Developer Center knows no product {pk} (code {code}); nothing was confirmed. "
        "Check the ProductKey and the data centre, then try again."
    ),
    Why.PLATFORM_PRODUCT_DENIED: mark(
        "This AccessKey has no permission for product {pk} (code {code}); nothing was confirmed. "
        "Have the owner of the Developer Center account grant it, then try again."
    ),
    Why.PLATFORM_ACTIVATION_CODES: mark(
        "The account has too few activation codes for product {pk} (code {code}); nothing was confirmed. "
        "Have the owner of the Developer Center account get more, then try again."
    ),
    Why.PLATFORM_REFUSED: mark(
        "Developer Center refused this (code {code}, “{message}”); nothing was confirmed. "
        "Tell the supervisor: look up the code in its documentation, then try again or mark it as handled."
    ),
    Why.DEVICE_OTHER_SN: mark(
        "Developer Center holds DeviceKey {imei} with SN {held}, the journal says {sn}; nothing was changed. "
        "Check the unit, put the wrong one right, then try again."
    ),
    Why.DEVICE_WITHOUT_SN: mark(
        "Developer Center holds DeviceKey {imei} without an SN, the journal says {sn}; nothing was changed. "
        "Check the unit, have our SN written there, then try again."
    ),
    Why.DEVICE_UNANSWERED: mark(
        "What Developer Center says of DeviceKey {imei} of product {pk} cannot be used (units: {count}); "
        "nothing was confirmed of that. The others go on; look at it there. The next upload asks again."
    ),
    Why.DEVICE_IN_USE: mark(
        "DeviceKey {imei} is in use at Developer Center, but not for product {pk}; nothing was changed. "
        "Find out which product or account holds it, then try again."
    ),
    Why.UPLOAD_PAUSED: mark("The upload was paused; nothing was lost by that. Resume it when you like."),
    Why.UPLOAD_NOT_SET_UP: mark(
        "No data centre is chosen for the upload; nothing was sent. Have the supervisor choose it in the "
        "settings, or give its address with `--base-url`."
    ),
    Why.UPLOAD_PROBLEMS: mark(
        "In conflict at Developer Center, or refused there: {count}; nothing was confirmed of these. "
        "Look at each DeviceKey, put it right there or here, then try again."
    ),
    Why.KEYS_MISSING: mark(
        "There are no AccessKey and AccessSecret on this PC; nothing was sent. Enter them in the settings."
    ),
    Why.KEYS_HALF: mark(
        "AccessKey and AccessSecret are needed together, and one is missing; nothing was sent. Give both."
    ),
    Why.KEY_STORE_MISSING: mark(
        "This computer has no key store that could keep the AccessSecret; nothing was stored or sent. "
        "Set `BINDING_STATION_ACCESS_KEY` and `BINDING_STATION_ACCESS_SECRET` instead."
    ),
    Why.KEY_STORE_CLOSED: mark(
        "The key store of this computer did not open ({detail}); nothing was stored or sent. "
        "Unlock it by signing in to the computer again, then try again."
    ),
}
