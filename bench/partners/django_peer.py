"""The same endpoint as a Django REST framework programmer writes it: token, client, enrollments, one log row per request.

Run by gunicorn. DJANGO_PEER_DB is the SQLite file; with `fill` as argument the tables and COUNT clients are made.
"""
import datetime
import os
import sys

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    # It says how long an answer is: gunicorn would send it in pieces.
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DJANGO_PEER_DB"], "CONN_MAX_AGE": None, "OPTIONS": {"timeout": 20}}},
    REST_FRAMEWORK={"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"], "UNAUTHENTICATED_USER": None},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.db import connection, models  # noqa: E402
from django.db.backends.signals import connection_created  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import authentication, exceptions, permissions, serializers  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402


def durable(connection, **_):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")


connection_created.connect(durable)


class Application(models.Model):
    token = models.CharField(max_length=80, unique=True)
    disabled = models.BooleanField(default=False)
    is_authenticated = True

    class Meta:
        app_label = "peer"


class Program(models.Model):
    id = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=100)

    class Meta:
        app_label = "peer"


class Client(models.Model):
    id = models.CharField(max_length=20, primary_key=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    email = models.CharField(max_length=100, null=True)
    address = models.CharField(max_length=200, null=True)
    born_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        app_label = "peer"


class Enrollment(models.Model):
    client = models.ForeignKey(Client, models.CASCADE, related_name="enrollments")
    program = models.ForeignKey(Program, models.CASCADE)
    enrolled_on = models.DateField()

    class Meta:
        app_label = "peer"


class RequestLog(models.Model):
    at = models.DateTimeField(auto_now_add=True)
    application = models.ForeignKey(Application, models.CASCADE)
    ip = models.CharField(max_length=50)
    status = models.IntegerField()
    subject = models.CharField(max_length=20)

    class Meta:
        app_label = "peer"


class BearerAuthentication(authentication.BaseAuthentication):
    def authenticate(self, request):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        application = Application.objects.filter(token=token, disabled=False).first()
        if scheme != "Bearer" or application is None:
            raise exceptions.AuthenticationFailed()
        return application, token

    def authenticate_header(self, request):
        return "Bearer"


class EnrollmentSerializer(serializers.ModelSerializer):
    program_name = serializers.CharField(source="program.name")
    enrollment_date = serializers.DateField(source="enrolled_on")

    class Meta:
        model = Enrollment
        fields = ["program_id", "program_name", "enrollment_date"]


class ClientSerializer(serializers.ModelSerializer):
    name = serializers.SerializerMethodField()
    age = serializers.SerializerMethodField()
    programs = EnrollmentSerializer(source="enrollments", many=True)
    metadata = serializers.SerializerMethodField()

    def get_name(self, client):
        return f"{client.given_name} {client.family_name}"

    def get_age(self, client):
        return None if client.born_on is None else (datetime.date.today() - client.born_on).days // 365

    def get_metadata(self, client):
        return {"created_at": client.created_at, "last_updated": client.updated_at}

    class Meta:
        model = Client
        fields = ["id", "name", "email", "age", "address", "programs", "metadata"]


class ClientView(APIView):
    authentication_classes = [BearerAuthentication]
    permission_classes = [permissions.IsAuthenticated]

    def get(self, request, client_id):
        client = Client.objects.prefetch_related("enrollments__program").filter(id=client_id).first()
        status = 404 if client is None else 200
        RequestLog.objects.create(application=request.user, ip=request.META["REMOTE_ADDR"], status=status, subject=client_id)
        return Response({} if client is None else ClientSerializer(client).data, status=status)


urlpatterns = [path("api/external/clients/<client_id>/", ClientView.as_view())]


def fill(count):
    with connection.schema_editor() as editor:
        for model in [Application, Program, Client, Enrollment, RequestLog]:
            editor.create_model(model)
    Application.objects.create(token=os.environ["DJANGO_PEER_TOKEN"])
    now = datetime.datetime.now(datetime.timezone.utc)
    born = datetime.date(1990, 5, 5)
    programs = [Program.objects.create(id=f"P-{index}", name=f"Program {index}") for index in range(3)]
    Client.objects.bulk_create(
        Client(id=f"CLIENT{index:07}", given_name="Neema", family_name=f"Otieno {index}", email=f"n{index}@example.org", address="12 Hill Rd", born_on=born, created_at=now, updated_at=now)
        for index in range(count)
    )
    Enrollment.objects.bulk_create(
        Enrollment(client_id=f"CLIENT{index:07}", program=programs[index % 3], enrolled_on=born) for index in range(count)
    )


if __name__ == "__main__" and sys.argv[1] == "fill":
    fill(int(sys.argv[2]))
else:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
