import jiangxin.orgs.models.paths
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='unitname',
            name='normalized',
            field=jiangxin.orgs.models.paths.ByteOrderedField(max_length=120),
        ),
    ]
