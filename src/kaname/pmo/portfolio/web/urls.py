"""Addresses of the portfolio."""

from django.urls import path

from kaname.pmo.portfolio.web import portfolio, views

app_name = "portfolio"
urlpatterns = [
    path("", portfolio.portfolio, name="portfolio"),
    path("export/", portfolio.export, name="export"),
    path("views/", views.save, name="save_view"),
    path("views/<int:view>/rename/", views.rename, name="rename_view"),
    path("views/<int:view>/remove/", views.remove, name="remove_view"),
    path("<int:project>/peek/", portfolio.peek, name="peek"),
    path("<int:project>/why/", portfolio.why, name="why"),
]
