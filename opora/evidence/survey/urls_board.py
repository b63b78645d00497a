"""Addresses of the coordinator: rounds, board, verification, answers by question."""

from django.urls import path

from opora.evidence.survey import views_board, views_statistics, views_verify

round_ = "rounds/<str:code>/"
card = "cards/<str:code>/"

urlpatterns = [
    path("rounds/new/", views_board.new_round, name="survey_round_new"),
    path(round_, views_board.round_board, name="survey_round"),
    path(round_ + "remind/", views_board.remind, name="survey_remind"),
    path(round_ + "close/", views_board.close, name="survey_close"),
    path(round_ + "reopen/", views_board.reopen, name="survey_reopen"),
    path(round_ + "missing.csv", views_board.missing, name="survey_missing"),
    path(round_ + "questions/", views_statistics.questions, name="survey_questions"),
    path(round_ + "questions/<str:path>/", views_statistics.question, name="survey_question"),
    path(round_ + "questions/<str:path>/cards/", views_statistics.cards, name="survey_question_cards"),
    path(card + "verify/", views_verify.verify, name="survey_verify"),
    path(card + "return/", views_board.return_card, name="survey_return"),
    path(card + "excuse/", views_board.excuse, name="survey_excuse"),
    path(card + "expect/", views_board.expect_again, name="survey_expect"),
    path(card + "contact/", views_board.contact, name="survey_contact"),
]
