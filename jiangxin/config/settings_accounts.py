"""The sign-in block of the settings: authentication backends, second factor, lock-out, password hashing."""

from __future__ import annotations

from datetime import timedelta

# --- who may sign in, and what a user may do ----------------------------------------------------------------------

AUTHENTICATION_BACKENDS: list[str] = [
    "axes.backends.AxesStandaloneBackend",
    "jiangxin.accounts.queries.backends.PasswordBackend",
    "jiangxin.accounts.queries.backends.GrantBackend",
]
ACCOUNTS_MIDDLEWARE: list[str] = [
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "jiangxin.accounts.views.middleware.SessionCareMiddleware",
    "jiangxin.accounts.views.middleware.DutiesFirstMiddleware",
    "axes.middleware.AxesMiddleware",
]
PASSWORD_HASHERS: list[str] = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = [
    {"NAME": "jiangxin.accounts.queries.passwords.ProfileValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
STAFF_LOGIN_REDIRECT_URL = "/work/"
LOGOUT_REDIRECT_URL = "/"

# --- sessions -----------------------------------------------------------------------------------------------------

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_EXIT_SECONDS = 30 * 60
"""A session without a request for this long is ended (GB/T 22239-2019 §8.1.4.1 b)."""
USERSESSIONS_TRACK_ACTIVITY = False

# --- allauth: sign-in, reset, re-authentication -------------------------------------------------------------------

ACCOUNT_ADAPTER = "jiangxin.accounts.views.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS: set[str] = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS: list[str] = ["username*", "email", "password1*", "password2*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS: dict[str, str] = {
    "login": "jiangxin.accounts.forms.SignInForm",
    "change_password": "jiangxin.accounts.forms.ChangePasswordForm",
    "set_password": "jiangxin.accounts.forms.SetPasswordForm",
    "reset_password": "jiangxin.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "jiangxin.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "jiangxin.accounts.forms.ReauthenticateForm",
    "add_email": "jiangxin.accounts.forms.AddEmailForm",
}
ACCOUNT_RATE_LIMITS: dict[str, str] = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,20/10m/key",  # the lock-out below is stricter, lasts, and an officer can release it
    "reset_password": "20/m/ip,5/m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "claim_record": "5/d/user",
}

# --- second factor ------------------------------------------------------------------------------------------------

MFA_ADAPTER = "jiangxin.accounts.views.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES: list[str] = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are opened by invitation, so nobody squats on another's address
MFA_RECOVERY_CODES_SHOW_ONCE = False
MFA_TOTP_ISSUER = "匠心"
MFA_TOTP_TOLERANCE = 1
MFA_TRUST_ENABLED = False
MFA_FORMS: dict[str, str] = {
    "authenticate": "jiangxin.accounts.forms.SecondFactorForm",
    "reauthenticate": "jiangxin.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "jiangxin.accounts.forms.ActivateCodesForm",
    "login_webauthn": "jiangxin.accounts.forms.PasskeySignInForm",
}

# --- lock-out -----------------------------------------------------------------------------------------------------

AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS: list[str] = ["username"]
AXES_USERNAME_CALLABLE = "jiangxin.accounts.queries.lockouts.account_name"
AXES_LOCKOUT_CALLABLE = "jiangxin.accounts.views.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS: list[str] = [
    "password",
    "code",
    "credential",
    "oldpassword",
    "password1",
    "password2",
]
AXES_VERBOSE = False
ACCOUNTS_SILENCED_CHECKS: list[str] = [
    "axes.W006",  # the lock is on the account whatever the address; addresses are held back by the rates above
]
