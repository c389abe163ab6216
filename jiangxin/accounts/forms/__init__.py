"""HTML input of accounts: sign-in, second factor, and the workbench."""

from jiangxin.accounts.forms.second_factor import (
    ActivateCodesForm,
    PasskeySignInForm,
    SecondFactorAgainForm,
    SecondFactorForm,
)
from jiangxin.accounts.forms.sign_in import (
    AddEmailForm,
    ChangePasswordForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignInForm,
)
from jiangxin.accounts.forms.work import (
    AcceptInvitationForm,
    ClaimForm,
    DelegateForm,
    GiveGrantForm,
    HandOverForm,
    InviteForm,
    NewUserForm,
    NoteForm,
    NoticesForm,
    PolicyForm,
    ReasonForm,
)

__all__ = [
    "AcceptInvitationForm",
    "ActivateCodesForm",
    "AddEmailForm",
    "ChangePasswordForm",
    "ClaimForm",
    "DelegateForm",
    "GiveGrantForm",
    "HandOverForm",
    "InviteForm",
    "NewUserForm",
    "NoteForm",
    "NoticesForm",
    "PasskeySignInForm",
    "PolicyForm",
    "ReasonForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "SecondFactorAgainForm",
    "SecondFactorForm",
    "SetPasswordForm",
    "SignInForm",
]
